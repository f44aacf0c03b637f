using System.Collections.Immutable;

namespace Tachyon.Failover.Decisions;

/// <summary>All that is known during a run. A null fact is unknown. What only a takeover or a recovery knows is in <see cref="Takeover"/> and <see cref="Recovery"/>.</summary>
internal sealed record RunState
{
    public static readonly RunState Start = new();

    /// <summary>The start of a recovery: all is unknown until the first probe.</summary>
    public static readonly RunState StartOfRecovery = new()
    {
        Recovery = new RecoveryState(),
        SourceLink = null,
        SourceIdentity = null,
        SourceVoters = null,
        TargetIdentity = null,
        TargetVoters = null,
        TargetLink = null,
    };

    /// <summary>The start of a takeover: nothing is known of the source.</summary>
    public static RunState StartOfTakeover(TakeoverFacts takeover) => new()
    {
        Takeover = takeover,
        WindowOpen = true,
        SourceLink = null,
        SourceIdentity = null,
        SourceVoters = null,
    };

    /// <summary>The additional facts of a takeover; null in other runs.</summary>
    public TakeoverFacts? Takeover { get; init; }

    /// <summary>The additional facts of a recovery; null in other runs. Its source is the keeper.</summary>
    public RecoveryState? Recovery { get; init; }

    public bool IsRecovery => Recovery is not null;

    /// <summary>The keeper of a recovery; null before the first probe that found it.</summary>
    public NodeSide? Keeper => Recovery?.Keeper;

    /// <summary>Whether source and target are exchanged, compared with the given pair.</summary>
    public bool IsTurned => Keeper == NodeSide.Target;

    /// <summary>A recovery's verdict on its last probe; null if it has to probe, at the start or after an unexpected result.</summary>
    public PairVerdict? Verdict => Recovery?.Verdict;

    /// <summary>Where the rollback points the source's link: where it was.</summary>
    public IdentityRole LinkBefore => Takeover?.SourceBefore?.Link ?? IdentityRole.Staked;

    /// <summary>The identity that the rollback sets on the source: the previous one.</summary>
    public IdentityRole IdentityBefore => Takeover?.SourceBefore?.Identity ?? IdentityRole.Staked;

    /// <summary>What to do if too little of the restart window is left after prepare-target.</summary>
    public ClosedRestartWindow OnClosedWindow { get; init; }

    public bool PreflightPassed { get; init; }

    public bool WindowOpen { get; init; }

    public bool Armed { get; init; }

    public bool? LocksHeld { get; init; } = false;

    public IdentityRole? SourceLink { get; init; } = IdentityRole.Staked;

    public IdentityRole? SourceIdentity { get; init; } = IdentityRole.Staked;

    /// <summary>Whether the source has its authorized voters.</summary>
    public bool? SourceVoters { get; init; } = true;

    /// <summary>Whether a takeover has stopped the source's validator.</summary>
    public bool SourceIsDown => Takeover is { SourceIsDown: true };

    /// <summary>Whether the source is sealed and its verified final tower is here.</summary>
    public bool FinalTowerInHand { get; init; }

    /// <summary>The outcome of the promotion; null if none was sent.</summary>
    public CallOutcome? Promotion { get; init; }

    public IdentityRole? TargetIdentity { get; init; } = IdentityRole.Unstaked;

    /// <summary>Whether the target has its authorized voters. It does not matter before prepare-target.</summary>
    public bool? TargetVoters { get; init; } = true;

    /// <summary>Whether a recovery has seen that no validator runs on the target, or has stopped it.</summary>
    public bool TargetIsDown => Recovery is { OtherIsDown: true };

    /// <summary>Whether this run may have added voters to a target that was left sealed, and then failed to arm. They are removed again.</summary>
    public bool TargetIsToBeSealedAgain { get; init; }

    /// <summary>Whether the call that added these voters was never answered, so that they may still be added after they were removed.</summary>
    public bool VotersMayComeLate { get; init; }

    /// <summary>Whether the target was demoted after a promotion without an answer.</summary>
    public bool TargetDemoted { get; init; }

    public IdentityRole? TargetLink { get; init; } = IdentityRole.Unstaked;

    /// <summary>Whether a demotion was sent without an answer. It may still be executed, unless the identity was restored after it.</summary>
    public bool FenceMayComeLate { get; init; }

    /// <summary>Whether the target was seen with another identity after its promotion: something else has demoted it.</summary>
    public bool PromotionWasLost { get; init; }

    /// <summary>Another coordinator has held a lock of this run. Its changes are unknown, so this run stops.</summary>
    public bool LockWasLost { get; init; }

    public bool Verified { get; init; }

    public bool Tidied { get; init; }

    /// <summary>The result of the last probe; null if there was none since the last change. Only a probe that is done shows that the node votes.</summary>
    public CallResult? LastProbe { get; init; }

    /// <summary>Whether the promoted node did not report its identity at the last probe.</summary>
    public bool VoterIsUnknown { get; init; }

    public bool TargetCleared { get; init; }

    /// <summary>The first failure; null if there is none. It starts a rollback, unless the target is promoted.</summary>
    public StepObservation? FirstFailure { get; init; }

    /// <summary>The steps that were tried.</summary>
    public ImmutableHashSet<FailoverStep> Tried { get; init; } = [];

    /// <summary>The steps whose last try was not done, or is unknown.</summary>
    public ImmutableHashSet<FailoverStep> Failed { get; init; } = [];

    /// <summary>How often each step was refused by a reachable node.</summary>
    public ImmutableDictionary<FailoverStep, int> Refusals { get; init; } = ImmutableDictionary<FailoverStep, int>.Empty;

    /// <summary>Whether the time to resolve the failure is used up.</summary>
    public bool OutOfTime { get; init; }

    /// <summary>Whether the target runs the staked identity, so that the run continues forward. A recovery has no such point.</summary>
    public bool IsCommitted => !IsRecovery && TargetIdentity == IdentityRole.Staked;

    /// <summary>Whether nothing that changes a node was sent yet. Then a cancellation takes effect at once.</summary>
    public bool HasChangedNothing => Tried.All(IsHarmless);

    /// <summary>
    /// Whether a recovery found the pair in order, and left it so. Adding voters that a node already has counts as no change: no call lists them.
    /// </summary>
    public bool WasInOrder => Verdict is { IsSettled: true } && Tried.All(step => IsHarmless(step) || step == FailoverStep.ReturnOtherVoters);

    /// <summary>Whether the demotion of the source was never answered, and started the rollback.</summary>
    public bool DemotionTimedOut => FirstFailure is { Step: FailoverStep.DemoteSource, Result.Failure: CallFailure.TimedOut };

    /// <summary>Whether the run turned around because the evidence is below the grade that the policy asks for.</summary>
    public bool LacksEvidence => FirstFailure is { Step: FailoverStep.AssessEvidence, Result.IsDone: true };

    /// <summary>What the last probe said, if it did not see a vote and another step had failed before.</summary>
    public CallResult? LastProbeAfterFailure => LastProbe is { IsDone: false } look && FirstFailure is { } failure && !StepTable.Of(failure.Step).IsLastProbe ? look : null;

    /// <summary>Whether this run has removed the target's voters or tried to, or has tried to add them again.</summary>
    public bool TriedTargetVoters => Tried.Contains(FailoverStep.SealOther) || Tried.Contains(FailoverStep.ReturnOtherVoters);

    /// <summary>Whether this run has tried to move the link of a recovery's target.</summary>
    public bool TriedTargetLink => Tried.Contains(FailoverStep.MoveOtherLink);

    private static bool IsHarmless(FailoverStep step) => StepTable.Of(step).Change == StepChange.Nothing;

    /// <summary>Whether the target can be ruled out as a voter, so that the source may vote again.</summary>
    public bool IsTargetHarmless => TargetIsDown ? TargetLink == IdentityRole.Unstaked : Promotion switch
    {
        null => true,
        CallOutcome.NotDone => TargetIdentity == IdentityRole.Unstaked,
        _ => TargetIdentity == IdentityRole.Unstaked && TargetVoters == false && TargetDemoted,
    };

    /// <summary>Where the identity is, according to these facts.</summary>
    public IdentityLocation Location =>
        LockWasLost ? IdentityLocation.Unknown
        : Verdict is { Keeper: null } or { KeeperVotes: true } ? Verdict.IdentityAt
        : IsRecovery && HasChangedNothing ? Verdict?.IdentityAt ?? IdentityLocation.Unknown
        : PromotionWasLost ? IdentityLocation.Neither
        : VoterIsUnknown ? IdentityLocation.Unknown
        : IsCommitted ? IdentityLocation.Target
        : SourceIdentity == IdentityRole.Staked && SourceVoters == true && IsTargetHarmless ? IsTurned ? IdentityLocation.Target : IdentityLocation.Source
        : SourceIdentity is null || SourceVoters is null || (TargetIdentity is null && !TargetIsDown) || !IsTargetHarmless ? IdentityLocation.Unknown
        : IdentityLocation.Neither;

    /// <summary>The state after a change of what a recovery knows. In other runs nothing changes.</summary>
    public RunState With(Func<RecoveryState, RecoveryState> change) => Recovery is { } recovery ? this with { Recovery = change(recovery) } : this;
}
