namespace Tachyon.Failover.Monitoring;

/// <summary>What a <see cref="NodeGuard"/> sees and does. Immutable.</summary>
public sealed record GuardReport
{
    /// <summary>When, in UTC, by the node's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What it is at.</summary>
    public required GuardState State { get; init; }

    /// <summary>Why, for a person.</summary>
    public required string Reason { get; init; }

    /// <summary>How long its silence counts already; zero where there is nothing to guard.</summary>
    public TimeSpan Silence { get; init; }

    /// <summary>The slot of the newest landed vote that it has seen; null if it has seen none.</summary>
    public ulong? LastVote { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{State}: {Reason}";
}
