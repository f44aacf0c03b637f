using Tachyon.Failover.Identities;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>A vote that a node sent, and what became of it. The chain keeps them all: its report is made of them.</summary>
internal sealed class SentVote
{
    /// <summary>The process that sent it.</summary>
    public required string Node { get; init; }

    /// <summary>The identity that signed it.</summary>
    public required Pubkey Identity { get; init; }

    /// <summary>What it carries.</summary>
    public required VoteStack Stack { get; init; }

    /// <summary>When the validator signed it, right after it had saved the tower: the real vote carries this time.</summary>
    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>When the leader had it.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>Whether it is a vote that had landed before, in a second block: refused, and harmless.</summary>
    public bool IsRepeat { get; init; }

    public ulong Slot => Stack.LastSlot ?? 0;

    /// <summary>The block of the main fork it is in, refused or not; null as long as it is in none.</summary>
    public ulong? BlockSlot { get; set; }

    /// <summary>When that block was complete.</summary>
    public DateTimeOffset? BlockAt { get; set; }

    /// <summary>Why the vote program refused it; null if it did not.</summary>
    public VoteError? Error { get; set; }

    /// <summary>Whether it is in a block and was taken.</summary>
    public bool Landed => BlockSlot is not null && Error is null;
}
