namespace Tachyon.Failover;

/// <summary>The state and the reason of a <see cref="NodeGuard"/>. Immutable.</summary>
public sealed record GuardReport
{
    /// <summary>The time, in UTC, by the node's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The state of the guard.</summary>
    public required GuardState State { get; init; }

    /// <summary>The reason, for the operator.</summary>
    public required string Reason { get; init; }

    /// <summary>How long the silence has lasted; zero when there is nothing to guard.</summary>
    public TimeSpan Silence { get; init; }

    /// <summary>The slot of the newest landed vote; null if none was seen.</summary>
    public ulong? LastVote { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{State}: {Reason}";
}
