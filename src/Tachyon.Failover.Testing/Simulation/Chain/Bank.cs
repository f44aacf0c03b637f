using System.Security.Cryptography;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>A block and the state after it.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record Bank
{
    private readonly ReadOnlyMemory<byte> _hash;

    public required ulong Slot { get; init; }

    public required ulong ParentSlot { get; init; }

    /// <summary>The number of blocks up to it.</summary>
    public required ulong Height { get; init; }

    /// <summary>The 32 bytes of its hash: a name without any proof. Computed at the first use.</summary>
    public ReadOnlyMemory<byte> Hash
    {
        get => _hash.IsEmpty ? SHA256.HashData(BitConverter.GetBytes(Slot)) : _hash;
        init => _hash = value;
    }

    /// <summary>The leader of the next block.</summary>
    public required Pubkey NextLeader { get; init; }

    /// <summary>The cluster's root as of this bank. A node that does not vote has this root.</summary>
    public required ulong Root { get; init; }

    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>Our vote account after it.</summary>
    public required VoteAccountState VoteAccount { get; init; }

    /// <summary>The big node's vote account after it.</summary>
    public VoteAccountState BigVoteAccount { get; init; } = VoteAccountState.Empty;

    /// <summary>Our votes in it, refused ones as well.</summary>
    public IReadOnlyList<SentVote> Votes { get; init; } = [];

    /// <summary>Whether the chain continues from a block before it. A judge may use it; a validator's decision must not depend on it.</summary>
    public bool IsOrphan { get; init; }
}
