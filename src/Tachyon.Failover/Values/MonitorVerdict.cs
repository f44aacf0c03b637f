using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>The verdict of a monitor, and its reason. Immutable.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class MonitorVerdict : IJsonReport
{
    internal MonitorVerdict()
    {
    }

    /// <summary>The verdict.</summary>
    public MonitorState State { get; internal set; }

    /// <summary>The reason, for the operator.</summary>
    public string Reason { get; internal set; } = null!;

    /// <summary>The number of slots without a landed vote, according to the witness with the newest slot; null if unknown.</summary>
    public ulong? SilentSlots { get; internal set; }

    /// <summary>How long no new vote has been seen to land while enough witnesses kept advancing.</summary>
    public TimeSpan Silence { get; internal set; }

    /// <summary>Further observations; null before the first probe.</summary>
    public MonitorDetails? Details { get; internal set; }

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("state", State)
        .Add("reason", Reason)
        .Add("silentSlots", SilentSlots)
        .Add("silenceMilliseconds", Silence)
        .Add("details", Details);

    /// <inheritdoc/>
    public override string ToString() => $"{State}: {Reason}";
}
