namespace Tachyon.Failover.Towers;

/// <summary>Checks whether a tower may be used. A refusal is a result, not an exception.</summary>
/// <remarks>Pure; any thread.</remarks>
internal static class TowerVerification
{
    /// <summary>Whether the file is an undamaged tower of the staked identity. Does not check its age.</summary>
    /// <param name="file">The bytes as they were read.</param>
    /// <param name="stakedIdentity">The identity that the tower must belong to.</param>
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
            ? TowerVerdict.Refused(TowerProblem.NoVotes, "The tower holds no vote, so it prevents nothing.")
            : TowerVerdict.Usable(tower);
    }

    /// <summary>
    /// Whether the file is an undamaged tower of the staked identity and as new as all else that is known. It can still
    /// lack an unseen vote: only a sealed source has the final tower.
    /// </summary>
    /// <param name="file">The bytes as they were read.</param>
    /// <param name="stakedIdentity">The identity that the tower must belong to.</param>
    /// <param name="lastLandedVote">The newest slot for which the chain has a vote of that identity; 0 if it has none.</param>
    /// <param name="held">The usable tower that the node already has; null if it has none.</param>
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
                $"The tower (last vote {tower.LastVotedSlot}) does not extend the node's own (last vote {held.LastVotedSlot}), nor the other way round."),
            _ => verdict,
        };
    }

    private static bool Contradicts(Tower tower, ulong landed)
    {
        if (landed <= tower.Root)
        {
            return false;
        }

        // A vote leaves the tower when a new vote lies outside its lockout. A fresh one leaves first: after 2 slots.
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
