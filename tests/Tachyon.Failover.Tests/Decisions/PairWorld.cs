namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The truth about the two nodes, independent of the coordinator's beliefs.</summary>
internal sealed record PairWorld
{
    public IdentityRole SourceLink { get; init; } = IdentityRole.Staked;

    public IdentityRole SourceIdentity { get; init; } = IdentityRole.Staked;

    public bool SourceVoters { get; init; } = true;

    /// <summary>Whether the source's own tower is in its place. It is moved aside at the end.</summary>
    public bool TowerOnSource { get; init; } = true;

    public bool TowerOnTarget { get; init; }

    /// <summary>Whether the source has voted since its tower was delivered: then the tower on the target is old.</summary>
    public bool TowerOnTargetIsOld { get; init; }

    public IdentityRole TargetIdentity { get; init; } = IdentityRole.Unstaked;

    public bool TargetVoters { get; init; } = true;

    public IdentityRole TargetLink { get; init; } = IdentityRole.Unstaked;

    /// <summary>A promotion was sent and no answer came: the target may take the identity at any time.</summary>
    public bool PromotionMayComeLate { get; init; }

    /// <summary>A fence was sent and no answer came: the source may still take its unstaked identity.</summary>
    public bool FenceMayComeLate { get; init; }

    /// <summary>The same, and no wait can rule it out.</summary>
    public bool PromotionMayComeAtAnyTime { get; init; }

    /// <summary>Whether the target has voted: the source's own tower does not hold these votes.</summary>
    public bool TargetHasVoted { get; init; }

    public bool SourceVotes => SourceIdentity == IdentityRole.Staked && SourceVoters;

    public bool TargetVotes => TargetIdentity == IdentityRole.Staked && TargetVoters;

    /// <summary>Every pair of nodes that operators and restarts can leave: not both vote, and one has a tower.</summary>
    public static IEnumerable<PairWorld> Strange()
    {
        for (var bits = 0; bits < 1 << 9; bits++)
        {
            var world = new PairWorld
            {
                SourceLink = (IdentityRole)(bits & 1),
                SourceIdentity = (IdentityRole)((bits >> 1) & 1),
                SourceVoters = ((bits >> 2) & 1) == 1,
                TargetLink = (IdentityRole)((bits >> 3) & 1),
                TargetIdentity = (IdentityRole)((bits >> 4) & 1),
                TargetVoters = ((bits >> 5) & 1) == 1,
                TowerOnSource = ((bits >> 6) & 1) == 1,
                TowerOnTarget = ((bits >> 7) & 1) == 1,
                TargetHasVoted = ((bits >> 8) & 1) == 1,
            };
            var isPossible = (world.TowerOnSource || world.TowerOnTarget)
                && (!world.SourceVotes || world is { TowerOnSource: true, TargetHasVoted: false })
                && (!world.TargetVotes || world is { TowerOnTarget: true, TargetHasVoted: true })
                && (!world.TargetHasVoted || world.TowerOnTarget);
            if (isPossible && !(world.SourceVotes && world.TargetVotes))
            {
                yield return world with { TowerOnTargetIsOld = world is { TowerOnTarget: true, SourceVotes: true } };
            }
        }
    }

    public PairWorld After(FailoverStep step) => Effect(step).WithVotes();

    /// <summary>The same for a recovery whose source is this target.</summary>
    public PairWorld AfterTurned(FailoverStep step) => TurnedEffect(step).WithVotes();

    public PairWorld WithLatePromotion() =>
        (this with { PromotionMayComeLate = false, TargetIdentity = TowerOnTarget ? IdentityRole.Staked : TargetIdentity }).WithVotes();

    /// <summary>The broken invariant, in words; null if there is none.</summary>
    public string? Broken() =>
        SourceVotes && TargetVotes ? "two nodes vote"
        : TargetIdentity == IdentityRole.Staked && SourceIdentity == IdentityRole.Staked ? "two nodes have the staked identity"
        : TargetIdentity == IdentityRole.Staked && SourceLink == IdentityRole.Staked ? "a restart of the source would bring back a second voter"
        : SourceIdentity == IdentityRole.Staked && TargetLink == IdentityRole.Staked ? "a restart of the target would bring up a second voter"
        : SourceVotes && TargetHasVoted ? "the source votes again, and its tower lacks what the target voted for"
        : SourceVotes && (PromotionMayComeLate || PromotionMayComeAtAnyTime) && TargetVoters ? "the source votes while a late promotion can make a second voter"
        : null;

    public PairWorld WithLateFence() => this with { FenceMayComeLate = false, SourceIdentity = IdentityRole.Unstaked };

    /// <summary>A node's process starts again: it runs what its link says, with the voters that its start script names.</summary>
    public PairWorld WithRestart(NodeSide node) => (node == NodeSide.Source
        ? this with { SourceIdentity = SourceLink, SourceVoters = true, FenceMayComeLate = false }
        : this with { TargetIdentity = TargetLink, TargetVoters = true, PromotionMayComeLate = false, PromotionMayComeAtAnyTime = false }).WithVotes();

    /// <summary>Nothing that was sent can arrive any more, except through a validator that hangs.</summary>
    public PairWorld Settled() => this with { PromotionMayComeLate = false, FenceMayComeLate = false };

    private PairWorld WithVotes() => this with
    {
        TargetHasVoted = TargetHasVoted || TargetVotes,
        TowerOnTargetIsOld = TowerOnTargetIsOld || (TowerOnTarget && SourceVotes && !TargetHasVoted),
    };

    private PairWorld Effect(FailoverStep step) => step switch
    {
        FailoverStep.MoveSourceLink => this with { SourceLink = IdentityRole.Unstaked },
        FailoverStep.DemoteSource => this with { SourceIdentity = IdentityRole.Unstaked },
        FailoverStep.SealSource => this with { SourceVoters = false },
        FailoverStep.DeliverTower => this with { TowerOnTarget = true, TowerOnTargetIsOld = false },
        FailoverStep.PromoteTarget when TowerOnTarget => this with { TargetIdentity = IdentityRole.Staked },
        FailoverStep.SealOther => this with { TargetVoters = false },

        // The validator takes identities one after the other: an earlier call is over, unless the validator hangs.
        FailoverStep.DemoteOther => this with { TargetIdentity = IdentityRole.Unstaked, PromotionMayComeLate = false },
        FailoverStep.UnsealTarget => this with { TargetVoters = true },
        FailoverStep.MoveTargetLink => this with { TargetLink = IdentityRole.Staked },
        FailoverStep.CleanUp => this with { SourceVoters = true, TowerOnSource = false },
        FailoverStep.ReturnKeeperVoters => this with { SourceVoters = true },
        FailoverStep.MoveKeeperLink => this with { SourceLink = IdentityRole.Staked },
        FailoverStep.PromoteKeeper => this with { SourceIdentity = IdentityRole.Staked, FenceMayComeLate = false },
        FailoverStep.MoveOtherTowerAside => this with { TowerOnTarget = false },
        FailoverStep.MoveOtherLink => this with { TargetLink = IdentityRole.Unstaked },
        FailoverStep.ReturnOtherVoters => this with { TargetVoters = true },
        _ => this,
    };

    private PairWorld TurnedEffect(FailoverStep step) => step switch
    {
        FailoverStep.SealOther => this with { SourceVoters = false },
        FailoverStep.DemoteOther => this with { SourceIdentity = IdentityRole.Unstaked, FenceMayComeLate = false },
        FailoverStep.ReturnOtherVoters => this with { SourceVoters = true },
        FailoverStep.ReturnKeeperVoters => this with { TargetVoters = true },
        FailoverStep.MoveKeeperLink => this with { TargetLink = IdentityRole.Staked },
        FailoverStep.PromoteKeeper => this with { TargetIdentity = IdentityRole.Staked, PromotionMayComeLate = false },
        FailoverStep.MoveOtherTowerAside => this with { TowerOnSource = false },
        FailoverStep.MoveOtherLink => this with { SourceLink = IdentityRole.Unstaked },
        _ => this,
    };
}
