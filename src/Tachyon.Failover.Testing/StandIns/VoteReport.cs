namespace Tachyon.Failover.Testing.StandIns;

/// <summary>A vote that a node sent, and its fate.</summary>
public sealed record VoteReport
{
    /// <summary>The node that sent it: a process, not an identity.</summary>
    public required string Node { get; init; }

    /// <summary>The slot voted for.</summary>
    public required ulong Slot { get; init; }

    /// <summary>When the leader received it.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>The slot of the block that contains it, taken or refused; null if none does.</summary>
    public ulong? BlockSlot { get; init; }

    /// <summary>The custom error of the vote program (0 VoteTooOld, 6 LockoutConflict); null if it was not refused.</summary>
    public int? Error { get; init; }
}
