using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>The answer of one RPC node of the cluster about the vote account. Immutable.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class WitnessReading : IJsonReport
{
    internal WitnessReading()
    {
    }

    /// <summary>The witness's name, for the operator.</summary>
    public string Name { get; internal set; } = null!;

    /// <summary>The newest slot that it has processed; null if unknown.</summary>
    public ulong? Slot { get; internal set; }

    /// <summary>The newest slot for which it sees a landed vote of the account; null if unknown.</summary>
    public ulong? LastVote { get; internal set; }

    /// <summary>Whether it counts the validator as delinquent, which it does after 128 slots without a landed vote; null if unknown.</summary>
    public bool? IsDelinquent { get; internal set; }

    /// <summary>How long its answer took.</summary>
    public TimeSpan Took { get; internal set; }

    /// <summary>Why it did not answer; null if it did.</summary>
    public string? Failure { get; internal set; }

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("name", Name)
        .Add("slot", Slot)
        .Add("lastVote", LastVote)
        .Add("isDelinquent", IsDelinquent)
        .Add("tookMilliseconds", Took)
        .Add("failure", Failure);
}
