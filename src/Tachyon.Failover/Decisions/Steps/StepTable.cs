using System.Collections.Immutable;

namespace Tachyon.Failover.Decisions;

/// <summary>
/// Says everything about a step besides its code and its place in the order, which the protocols decide. The loop, the journal, the plan, the picture and the results ask here.
/// A new step gets a row here and a class in <c>Runs/Steps</c>.
/// </summary>
internal static class StepTable
{
    /// <summary>All steps, in the order of their numbers.</summary>
    public static ImmutableArray<StepDefinition> All { get; } =
    [
        // A switchover, in order.
        new(FailoverStep.Preflight, FailoverPhase.Preparation, StepNode.Both)
        {
            Change = StepChange.Nothing,
            Cancel = CancelRule.Always,
            RunsPreflight = true,
            IsOfSwitchover = true,
        },
        new(FailoverStep.AwaitRestartWindow, FailoverPhase.Preparation, StepNode.Source)
        {
            Change = StepChange.Nothing,
            Cancel = CancelRule.Always,
            IsOfSwitchover = true,
        },
        new(FailoverStep.Prepare, FailoverPhase.Preparation, StepNode.Both)
        {
            Change = StepChange.OwnPreparation,
            Cancel = CancelRule.Always,
            Journal = JournalEffect.UnsealsBoth,
            Planned = NodeSide.Target,
            RunsPreflight = true,
            IsOfSwitchover = true,
        },
        new(FailoverStep.MoveSourceLink, FailoverPhase.Handover, StepNode.Source)
        {
            Failure = StepFailure.IsEvidence,
            Planned = NodeSide.Source,
            IsOfSwitchover = true,
        },
        new(FailoverStep.DemoteSource, FailoverPhase.Handover, StepNode.Source)
        {
            Failure = StepFailure.IsEvidence,
            Picture = StepPicture.DemotesSource,
            Planned = NodeSide.Source,
            IsOfSwitchover = true,
        },

        // It only reads. It counts as a move because it is sent together with the demotion and the seal.
        new(FailoverStep.AwaitLastVote, FailoverPhase.Handover, StepNode.Source)
        {
            Failure = StepFailure.CostsSpeed,
            Planned = NodeSide.Source,
            IsOfSwitchover = true,
        },
        new(FailoverStep.SealSource, FailoverPhase.Handover, StepNode.Source)
        {
            Failure = StepFailure.IsEvidence,
            Picture = StepPicture.SealsSource,
            Planned = NodeSide.Source,
            IsOfSwitchover = true,
        },
        new(FailoverStep.DeliverTower, FailoverPhase.Handover, StepNode.Target)
        {
            Picture = StepPicture.DeliversTower,
            Planned = NodeSide.Target,
            IsOfSwitchover = true,
        },
        new(FailoverStep.PromoteTarget, FailoverPhase.Promotion, StepNode.Target)
        {
            Journal = JournalEffect.PromotesTarget,
            Picture = StepPicture.Promotes,
            Planned = NodeSide.Target,
            IsOfSwitchover = true,
        },
        new(FailoverStep.MoveTargetLink, FailoverPhase.Promotion, StepNode.Target)
        {
            Picture = StepPicture.ShowsPromoted,
            Planned = NodeSide.Target,
            IsOfSwitchover = true,
        },

        // It only reads. It counts as a move because the run has promoted the target and is not finished: another run has to stop.
        new(FailoverStep.Verify, FailoverPhase.Promotion, StepNode.Both)
        {
            Picture = StepPicture.Afterwards,
            Planned = NodeSide.Target,
            IsOfSwitchover = true,
        },
        new(FailoverStep.CleanUp, FailoverPhase.Promotion, StepNode.Both)
        {
            Failure = StepFailure.StaysPending,
            Picture = StepPicture.Afterwards,
            Planned = NodeSide.Source,
            IsOfSwitchover = true,
        },
        new(FailoverStep.SeeTargetVote, FailoverPhase.Promotion, StepNode.Target)
        {
            Change = StepChange.Nothing,
            Picture = StepPicture.Afterwards,
            Planned = NodeSide.Target,
            IsLastProbe = true,
            IsOfSwitchover = true,
        },

        // The rollback, which a recovery uses as well.
        new(FailoverStep.ProbeOther, FailoverPhase.Rollback, StepNode.Other)
        {
            Change = StepChange.Nothing,
            ProbeAgain = ProbeAgain.IfItContradicts,
        },
        new(FailoverStep.SealOther, FailoverPhase.Rollback, StepNode.Other)
        {
            Journal = JournalEffect.SealsTarget,
            Picture = StepPicture.SealsOther,
        },
        new(FailoverStep.DemoteOther, FailoverPhase.Rollback, StepNode.Other) { Picture = StepPicture.DemotesOther },

        // The target turned out to be promoted: the run continues forward.
        new(FailoverStep.UnsealTarget, FailoverPhase.Promotion, StepNode.Target) { Journal = JournalEffect.UnsealsTarget },
        new(FailoverStep.ReturnKeeperVoters, FailoverPhase.Rollback, StepNode.Keeper),
        new(FailoverStep.MoveKeeperLink, FailoverPhase.Rollback, StepNode.Keeper)
        {
            ProbeAgain = ProbeAgain.IfKeeperVoted,
        },
        new(FailoverStep.ProbeKeeper, FailoverPhase.Rollback, StepNode.Keeper) { Change = StepChange.Nothing },
        new(FailoverStep.PromoteKeeper, FailoverPhase.Rollback, StepNode.Keeper)
        {
            Journal = JournalEffect.PromotesSource,
            Picture = StepPicture.Promotes,
        },
        new(FailoverStep.MoveOtherTowerAside, FailoverPhase.Rollback, StepNode.Other),

        // It is also sent before a wait for another restart window.
        new(FailoverStep.ReleaseLocks, FailoverPhase.Preparation, StepNode.Both)
        {
            Change = StepChange.Nothing,
            ProbeAgain = ProbeAgain.Never,
        },
        new(FailoverStep.SeeKeeperVote, FailoverPhase.Rollback, StepNode.Keeper)
        {
            Change = StepChange.Nothing,
            Picture = StepPicture.Afterwards,
        },

        // A recovery.
        new(FailoverStep.TakeLocks, FailoverPhase.Preparation, StepNode.Both)
        {
            Change = StepChange.Nothing,
            Cancel = CancelRule.BeforeAnyChange,
            ProbeAgain = ProbeAgain.Never,
        },
        new(FailoverStep.Diagnose, FailoverPhase.Preparation, StepNode.Both)
        {
            Change = StepChange.Nothing,
            Cancel = CancelRule.BeforeAnyChange,
            ProbeAgain = ProbeAgain.Never,
        },
        new(FailoverStep.MoveOtherLink, FailoverPhase.Rollback, StepNode.Other) { ProbeAgain = ProbeAgain.IfOtherWasDown },
        new(FailoverStep.ReturnOtherVoters, FailoverPhase.Rollback, StepNode.Other)
        {
            Journal = JournalEffect.UnsealsTarget,
        },

        // A takeover.
        new(FailoverStep.AssessEvidence, FailoverPhase.Preparation, StepNode.Both)
        {
            Change = StepChange.Nothing,
            Cancel = CancelRule.Always,
        },
        new(FailoverStep.StopSource, FailoverPhase.Handover, StepNode.Source) { Failure = StepFailure.IsEvidence },
        new(FailoverStep.FenceSource, FailoverPhase.Handover, StepNode.Source) { Failure = StepFailure.IsEvidence },

        // It only reads. A takeover has prepared its target before, so the run has changed something in any case.
        new(FailoverStep.ChooseTower, FailoverPhase.Preparation, StepNode.Both)
        {
            Change = StepChange.Nothing,
            Cancel = CancelRule.Always,
        },

        // A recovery after a takeover.
        new(FailoverStep.StopOther, FailoverPhase.Rollback, StepNode.Other),
    ];

    private static readonly ImmutableDictionary<FailoverStep, StepDefinition> ByStep = All.ToImmutableDictionary(static one => one.Step);

    private static readonly ImmutableDictionary<string, StepDefinition> ByEntry = All.ToImmutableDictionary(static one => one.Step.ToString(), StringComparer.Ordinal);

    /// <summary>The row of a step.</summary>
    public static StepDefinition Of(FailoverStep step) => ByStep[step];

    /// <summary>The row of a step by its name in the journal; null for a name that this version does not know.</summary>
    public static StepDefinition? Find(string? entry) => entry is null ? null : ByEntry.GetValueOrDefault(entry);
}
