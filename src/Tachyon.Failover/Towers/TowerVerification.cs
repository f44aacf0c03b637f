using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Towers;

/// <summary>Says whether a tower may be used. What it refuses is an answer, not an exception.</summary>
/// <remarks>Pure; any thread.</remarks>
public static class TowerVerification
{
    /// <summary>Whether the file is an undamaged tower of the staked identity. Says nothing of its age.</summary>
    /// <param name="file">The bytes as they were read.</param>
    /// <param name="stakedIdentity">Whose tower it must be.</param>
    public static TowerVerdict Check(TowerFile file, Pubkey stakedIdentity)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(stakedIdentity);

        Tower tower;
        try
        {
            tower = Tower.Decode(file);
        }
        catch (TowerFormatException e)
        {
            return TowerVerdict.Refused(TowerProblem.Malformed, e.Message);
        }

        if (!tower.Node.Equals(stakedIdentity))
        {
            return TowerVerdict.Refused(TowerProblem.OtherIdentity, $"The tower is of {tower.Node}, not of {stakedIdentity}.");
        }

        if (!tower.IsSignatureValid())
        {
            return TowerVerdict.Refused(TowerProblem.InvalidSignature, $"The tower's signature is not by {stakedIdentity}, or its bytes were changed since.");
        }

        return tower.Votes.Count == 0
            ? TowerVerdict.Refused(TowerProblem.NoVotes, "The tower holds no vote, and so protects from nothing.")
            : TowerVerdict.Usable(tower);
    }

    /// <summary>
    /// Whether the file is an undamaged tower of the staked identity and as new as anything else that is known. It can still
    /// lack a vote that nobody has seen: only a sealed source has the final tower.
    /// </summary>
    /// <param name="file">The bytes as they were read.</param>
    /// <param name="stakedIdentity">Whose tower it must be.</param>
    /// <param name="lastLandedVote">The newest slot for which the chain has a vote of that identity; 0 if it has none.</param>
    /// <param name="held">The usable tower that the node which is to use it has already; null if it has none.</param>
    /// <exception cref="ArgumentException"><paramref name="held"/> is of another identity.</exception>
    public static TowerVerdict Check(TowerFile file, Pubkey stakedIdentity, ulong lastLandedVote, Tower? held)
    {
        var verdict = Check(file, stakedIdentity);
        if (held is not null && !held.Node.Equals(stakedIdentity))
        {
            throw new ArgumentException($"It is of {held.Node}, not of {stakedIdentity}.", nameof(held));
        }

        if (!verdict.IsUsable)
        {
            return verdict;
        }

        var tower = verdict.Tower;
        if (tower.LastVotedSlot < lastLandedVote)
        {
            return TowerVerdict.Refused(
                TowerProblem.OlderThanChain,
                $"The tower ends with slot {tower.LastVotedSlot}, and the chain has a vote for slot {lastLandedVote}.");
        }

        if (lastLandedVote != 0 && Contradicts(tower, lastLandedVote))
        {
            return TowerVerdict.Refused(
                TowerProblem.ContradictsChain,
                $"The chain has a vote for slot {lastLandedVote}, which the tower (last vote {tower.LastVotedSlot}) does not hold though it still binds.");
        }

        return held is null ? verdict : TowerComparison.Compare(tower, held) switch
        {
            TowerRelation.Older => TowerVerdict.Refused(
                TowerProblem.OlderThanHeld,
                $"The tower ends with slot {tower.LastVotedSlot}, and the node has one that ends with slot {held.LastVotedSlot}."),
            TowerRelation.Diverged => TowerVerdict.Refused(
                TowerProblem.DivergesFromHeld,
                $"The tower (last vote {tower.LastVotedSlot}) did not grow out of the one that the node has (last vote {held.LastVotedSlot}), nor the other way round."),
            _ => verdict,
        };
    }

    private static bool Contradicts(Tower tower, ulong landed)
    {
        if (landed <= tower.Root)
        {
            return false;
        }

        // A vote leaves the tower when a vote comes that it does not lock out. The fresher it was, the sooner: after 2 slots.
        foreach (var vote in tower.Votes)
        {
            if (vote.Slot >= landed)
            {
                return vote.Slot != landed && vote.Slot <= new TowerVote(landed, 1).LastLockedSlot;
            }
        }

        return false;
    }
}
