using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Towers;

/// <summary>A decoded tower: the votes that a validator remembers, and which it may therefore not contradict.</summary>
public sealed class Tower
{
    private Tower()
    {
    }

    /// <summary>The file it was decoded from.</summary>
    public TowerFile File { get; private init; } = null!;

    /// <summary>The identity whose tower it is.</summary>
    public Pubkey Node { get; private init; } = null!;

    /// <summary>The votes, oldest first, at most 31.</summary>
    public IReadOnlyList<TowerVote> Votes { get; private init; } = [];

    /// <summary>The rooted slot; null if nothing is rooted.</summary>
    public ulong? Root { get; private init; }

    /// <summary>The newest vote; null in a tower without votes.</summary>
    public ulong? LastVotedSlot => Votes.Count == 0 ? null : Votes[^1].Slot;

    /// <summary>Decodes a tower file to its last byte.</summary>
    /// <exception cref="TowerFormatException">It is not one; the message says where and why.</exception>
    public static Tower Decode(TowerFile file) => throw new NotSupportedException();

    /// <summary>Whether the signature over the data is by <see cref="Node"/>.</summary>
    public bool IsSignatureValid() => throw new NotSupportedException();
}
