using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Tachyon.Failover.Towers;

/// <summary>A decoded tower: the votes that a validator remembers and must not contradict.</summary>
/// <remarks>
/// Immutable. A tower that decodes may still lack a valid signature or be unusable: see <see cref="TowerVerification"/>.
/// </remarks>
public sealed class Tower
{
    /// <summary>The most votes that a tower holds. One more removes the oldest, which becomes the root.</summary>
    public const int MaxVotes = 31;

    internal Tower()
    {
    }

    /// <summary>The file it was decoded from.</summary>
    public TowerFile File { get; internal init; } = null!;

    /// <summary>The identity that the tower belongs to.</summary>
    public Pubkey Node { get; internal init; } = null!;

    /// <summary>The authorized withdrawer of the vote account; all zero in towers of validators since 2.2, which do not save it.</summary>
    public Pubkey AuthorizedWithdrawer { get; internal init; } = null!;

    /// <summary>
    /// The votes, oldest first, at most <see cref="MaxVotes"/>. Slots ascend, confirmation counts descend, and each slot is
    /// within the lockout of the vote before it.
    /// </summary>
    public IReadOnlyList<TowerVote> Votes { get; internal init; } = [];

    /// <summary>The rooted slot, older than every vote; null if nothing is rooted.</summary>
    public ulong? Root { get; internal init; }

    /// <summary>The newest vote; null in a tower without votes.</summary>
    public ulong? LastVotedSlot => Votes.Count == 0 ? null : Votes[^1].Slot;

    /// <summary>The data that was sent with the newest vote.</summary>
    internal TowerLastVote LastVote { get; init; } = null!;

    /// <summary>The last time that the validator assigned to a slot.</summary>
    public (ulong Slot, long UnixSeconds) LastTimestamp { get; internal init; }

    /// <summary>Decodes a tower file to its last byte. Does not check the signature.</summary>
    /// <exception cref="FailoverException">It is no tower file; the message says where and why.</exception>
    public static Tower Decode(TowerFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return TowerDecoder.Decode(file);
    }

    /// <summary>Whether the signature over the data is by <see cref="Node"/>. Takes some 0.2 ms.</summary>
    public bool IsSignatureValid()
    {
        var bytes = File.Bytes.Span;
        return Ed25519.Verify(
            bytes.Slice(TowerDecoder.SignatureOffset, TowerDecoder.SignatureSize),
            Node.Bytes.Span,
            bytes[TowerDecoder.DataOffset..]);
    }
}
