using System.Collections.Immutable;
using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Protocol;

/// <summary>All that is known while a switchover is under way. A fact that is null is not known.</summary>
internal sealed record SwitchoverState
{
    public static readonly SwitchoverState Start = new();

    /// <summary>The start of a recovery: nothing is known but what the first look will fill in.</summary>
    public static readonly SwitchoverState StartOfRecovery = new()
    {
        IsRecovery = true,
        SourceLink = null,
        SourceIdentity = null,
        SourceVoters = null,
        TargetIdentity = null,
        TargetVoters = null,
        TargetLink = null,
    };

    /// <summary>The start of a takeover: of the source nothing is known.</summary>
    public static SwitchoverState StartOfTakeover(TakeoverFacts takeover) => new()
    {
        Takeover = takeover,
        WindowOpen = true,
        SourceLink = null,
        SourceIdentity = null,
        SourceVoters = null,
    };

    /// <summary>What a takeover knows besides; null if this is none.</summary>
    public TakeoverFacts? Takeover { get; init; }

    /// <summary>Whether this is a recovery. What the state then calls the source is the node that is to keep the staked identity.</summary>
    public bool IsRecovery { get; init; }

    /// <summary>The node that a recovery found is to keep the identity; null before the first look that told.</summary>
    public NodeSide? Keeper { get; init; }

    /// <summary>Whether source and target are the other way round than in the pair that was given.</summary>
    public bool IsTurned => Keeper == NodeSide.Target;

    /// <summary>What a recovery makes of its last look; null if it has to look, because it has not yet or because something came otherwise.</summary>
    public PairVerdict? Verdict { get; init; }

    /// <summary>What was read of a takeover's source before anything was changed there; null if it could not be read, and for a switchover, which begins only if its source is the active node.</summary>
    public NodeFacts? SourceBefore { get; init; }

    /// <summary>Where the way back points the source's link: where it was.</summary>
    public IdentityRole LinkBefore => SourceBefore?.Link ?? IdentityRole.Staked;

    /// <summary>Which identity the way back gives the source: the one that it had.</summary>
    public IdentityRole IdentityBefore => SourceBefore?.Identity ?? IdentityRole.Staked;

    public SwitchoverRules Rules { get; init; } = SwitchoverRules.All;

    /// <summary>What is to be done if too little is left of the restart window after the arming.</summary>
    public LostRestartWindow OnLostWindow { get; init; }

    public bool PreflightPassed { get; init; }

    public bool WindowOpen { get; init; }

    public bool Armed { get; init; }

    public bool? LocksHeld { get; init; } = false;

    public IdentityRole? SourceLink { get; init; } = IdentityRole.Staked;

    public IdentityRole? SourceIdentity { get; init; } = IdentityRole.Staked;

    /// <summary>Whether the source has its authorized voters.</summary>
    public bool? SourceVoters { get; init; } = true;

    /// <summary>Whether the source's validator was stopped: it votes no more, and what it would run after a start its link says.</summary>
    public bool SourceIsDown { get; init; }

    /// <summary>Whether the source is sealed and its final tower is in hand, verified.</summary>
    public bool FinalTowerInHand { get; init; }

    /// <summary>What came of the promotion; null as long as none was sent.</summary>
    public CallOutcome? Promotion { get; init; }

    public IdentityRole? TargetIdentity { get; init; } = IdentityRole.Unstaked;

    /// <summary>Whether the target has its authorized voters. Before the arming it does not matter.</summary>
    public bool? TargetVoters { get; init; } = true;

    /// <summary>Whether no validator runs on the target: it cannot vote, and what it would run after a start its link says.</summary>
    public bool TargetIsDown { get; init; }

    /// <summary>Whether a takeover took the identity from the target of this recovery, and could not see it made harmless.</summary>
    public bool TargetIsOwed { get; init; }

    /// <summary>Whether the link of the target of this recovery, which is owed, is moved before its validator is asked anything.</summary>
    public bool MovesLinkFirst { get; init; }

    /// <summary>Whether its validator may be stopped.</summary>
    public bool MayStopTarget { get; init; }

    /// <summary>Whether this recovery has stopped the target's validator, behind moving its link.</summary>
    public bool TargetWasStopped { get; init; }

    /// <summary>Whether a run before has left the target sealed for good.</summary>
    public bool TargetStaysSealed { get; init; }

    /// <summary>Whether this run may have given voters to a target that an earlier run had left sealed, and was not armed: then they are taken away again.</summary>
    public bool TargetIsToBeSealedAgain { get; init; }

    /// <summary>Whether these voters were never answered for, so that they may be given yet, after they were taken away again.</summary>
    public bool VotersMayComeLate { get; init; }

    /// <summary>Whether the target may be told to take the staked identity by a call of an earlier run: then it stays sealed.</summary>
    public bool TargetMayTakeIdentity { get; init; }

    /// <summary>Whether the target of a recovery, ruled out as a voter, has its authorized voters back.</summary>
    public bool VotersReturned { get; init; }

    /// <summary>Whether the target was made to take its unstaked identity after a promotion of which no answer came.</summary>
    public bool TargetDemoted { get; init; }

    public IdentityRole? TargetLink { get; init; } = IdentityRole.Unstaked;

    /// <summary>Whether a fence was sent of which no answer came: it may yet be carried out, unless the identity was given back after it.</summary>
    public bool FenceMayComeLate { get; init; }

    /// <summary>Whether the target, after its promotion was done, was seen with another identity: somebody or something has taken it away.</summary>
    public bool PromotionWasLost { get; init; }

    /// <summary>Whether another coordinator has had a lock of this one: nothing is any more as it was left, and nothing may be touched.</summary>
    public bool LockWasLost { get; init; }

    public bool Verified { get; init; }

    public bool Tidied { get; init; }

    /// <summary>What the last look came to; null if none was taken, or none since something was changed. Only a look that is done shows that the node votes.</summary>
    public CallResult? LastLook { get; init; }

    /// <summary>Whether the node that took the identity did not say, when it was looked at last, which one it runs.</summary>
    public bool VoterIsUnknown { get; init; }

    public bool TargetCleared { get; init; }

    /// <summary>The first thing that went wrong; null while all goes well. It turns the way around, unless the target is promoted.</summary>
    public StepObservation? Setback { get; init; }

    /// <summary>The steps that were tried.</summary>
    public ImmutableHashSet<SwitchoverStep> Tried { get; init; } = [];

    /// <summary>The steps whose last try was not done, or is not known to be.</summary>
    public ImmutableHashSet<SwitchoverStep> Failed { get; init; } = [];

    /// <summary>How often each step was refused by a node that could be reached.</summary>
    public ImmutableDictionary<SwitchoverStep, int> Refusals { get; init; } = ImmutableDictionary<SwitchoverStep, int>.Empty;

    /// <summary>Whether the time for resolving what went wrong is used up.</summary>
    public bool OutOfTime { get; init; }

    /// <summary>Whether the target runs the staked identity, so that the way is forward. A recovery has no such point.</summary>
    public bool IsCommitted => !IsRecovery && TargetIdentity == IdentityRole.Staked;

    /// <summary>Whether nothing was sent yet that changes a node: then a caller who gives up is heard at once.</summary>
    public bool HasChangedNothing => Tried.All(IsHarmless);

    /// <summary>
    /// Whether a recovery found the pair in order, and left it so. A node without the identity may have been asked to keep its authorized voters: no call lists them, and asking for those that are there changes nothing.
    /// </summary>
    public bool WasInOrder => Verdict is { IsSettled: true } && Tried.All(step => IsHarmless(step) || step == SwitchoverStep.ReturnVoters);

    private static bool IsHarmless(SwitchoverStep step) =>
        step is SwitchoverStep.Preflight or SwitchoverStep.RestartWindow or SwitchoverStep.Lock or SwitchoverStep.Diagnose or SwitchoverStep.LookAtTarget or SwitchoverStep.LookAtSource or SwitchoverStep.SeeSourceVote or SwitchoverStep.Release or SwitchoverStep.Weigh;

    /// <summary>Whether the target can be ruled out as a voter, so that the source may be given its vote back.</summary>
    public bool IsTargetHarmless => TargetIsDown ? TargetLink == IdentityRole.Unstaked : Promotion switch
    {
        null => true,
        CallOutcome.NotDone => TargetIdentity == IdentityRole.Unstaked,
        _ => TargetIdentity == IdentityRole.Unstaked && TargetVoters == false && TargetDemoted,
    };

    /// <summary>Where the identity is, by these facts.</summary>
    public IdentityLocation Location =>
        LockWasLost ? IdentityLocation.Unknown
        : Verdict is { Keeper: null } or { KeeperVotes: true } ? Verdict.IdentityAt
        : IsRecovery && HasChangedNothing ? Verdict?.IdentityAt ?? IdentityLocation.Unknown
        : PromotionWasLost ? IdentityLocation.Nobody
        : VoterIsUnknown ? IdentityLocation.Unknown
        : IsCommitted ? IdentityLocation.Target
        : SourceIdentity == IdentityRole.Staked && SourceVoters == true && IsTargetHarmless ? IsTurned ? IdentityLocation.Target : IdentityLocation.Source
        : SourceIdentity is null || SourceVoters is null || (TargetIdentity is null && !TargetIsDown) || !IsTargetHarmless ? IdentityLocation.Unknown
        : IdentityLocation.Nobody;
}
