using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>The state and the reason of a <see cref="NodeGuard"/>. Immutable.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class GuardReport : IJsonReport
{
    internal GuardReport()
    {
    }

    /// <summary>The time, in UTC, by the node's clock.</summary>
    public DateTimeOffset At { get; internal init; }

    /// <summary>The state of the guard.</summary>
    public GuardState State { get; internal init; }

    /// <summary>The reason, for the operator.</summary>
    public string Reason { get; internal init; } = null!;

    /// <summary>How long the silence has lasted; zero when there is nothing to guard.</summary>
    public TimeSpan Silence { get; internal init; }

    /// <summary>The slot of the newest landed vote; null if none was seen.</summary>
    public ulong? LastVote { get; internal init; }

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("at", At)
        .Add("state", State)
        .Add("reason", Reason)
        .Add("silenceMilliseconds", Silence)
        .Add("lastVote", LastVote);

    /// <inheritdoc/>
    public override string ToString() => $"{State}: {Reason}";
}
