using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>A vote that a node sent, and its fate. The chain keeps all of them, and builds its report from them.</summary>
internal sealed class SentVote
{
    /// <summary>The process that sent it.</summary>
    public required string Node { get; init; }

    /// <summary>The identity that signed it.</summary>
    public required Pubkey Identity { get; init; }

    /// <summary>Its content.</summary>
    public required VoteStack Stack { get; init; }

    /// <summary>When the validator signed it, right after it saved the tower. The real vote carries this time.</summary>
    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>When the leader received it.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>Whether it is a vote that had landed before, in a second block: refused, and harmless.</summary>
    public bool IsRepeat { get; init; }

    public ulong Slot => Stack.LastSlot ?? 0;

    /// <summary>The block of the main fork that contains it, refused or not; null while no block does.</summary>
    public ulong? BlockSlot { get; set; }

    /// <summary>When that block was complete.</summary>
    public DateTimeOffset? BlockAt { get; set; }

    /// <summary>Why the vote program refused it; null if it did not.</summary>
    public VoteError? Error { get; set; }

    /// <summary>Whether a block contains it, and it was taken.</summary>
    public bool Landed => BlockSlot is not null && Error is null;
}
