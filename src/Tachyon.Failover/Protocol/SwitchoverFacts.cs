using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Protocol;

/// <summary>What each result means for the nodes. A call that was sent and whose result is unknown leaves its fact unknown.</summary>
internal static class SwitchoverFacts
{
    /// <summary>The state after a step.</summary>
    public static SwitchoverState After(this SwitchoverState state, StepObservation observation)
    {
        // A step that was never sent changes no fact.
        if (observation.WasSkipped)
        {
            return state;
        }

        var refusals = state.Refusals.GetValueOrDefault(observation.Step) + (observation.WasRefused ? 1 : 0);
        var counted = state with
        {
            Tried = state.Tried.Add(observation.Step),
            Failed = observation.Result.IsDone ? state.Failed.Remove(observation.Step) : state.Failed.Add(observation.Step),
            Refusals = state.Refusals.SetItem(observation.Step, refusals),
        };
        var learned = (Learn(counted, observation, observation.Result.IsDone) with
        {
            LockWasLost = state.LockWasLost || observation.Result.Failure == CallFailure.LockLost,
            Takeover = state.Takeover?.After(observation),
        }).Reconsidered(observation);

        if (learned.Takeover is { } takeover && observation.Step == SwitchoverStep.Weigh && TakeoverProtocol.IsTurnedAround(learned, takeover))
        {
            return learned with { Setback = learned.Setback ?? observation };
        }

        // The last vote affects only speed. After three closed windows the run is refused: preparing takes longer than the window allows.
        return observation.Result.IsDone
            || observation.Step == SwitchoverStep.AwaitLastVote
            || (state.Takeover is not null && (TakeoverProtocol.MayFail(observation.Step) || observation.Step == SwitchoverStep.Tidy))
            || (IsLostWindow(observation) && state.OnLostWindow == LostRestartWindow.WaitAgain && refusals < SwitchoverProtocol.RefusalsTaken)
            ? learned
            : learned with { Setback = learned.Setback ?? observation };
    }

    /// <summary>The state after the caller canceled, before the step was sent.</summary>
    public static SwitchoverState Abandoned(this SwitchoverState state, SwitchoverStep before, CallResult reason) =>
        state with { Setback = state.IsRecovery ? new StepObservation(before, reason) : state.Setback ?? new StepObservation(before, reason) };

    private static bool IsLostWindow(StepObservation observation) =>
        observation is { Step: SwitchoverStep.Arm, Result.Failure: CallFailure.NoRestartWindow };

    /// <summary>Whether the promoted node was seen with another identity. A node that is not running may start with either.</summary>
    private static bool IsLost(StepObservation observation) => observation.Seen == IdentityRole.Unstaked;

    private static bool IsTooLate(StepObservation observation) => observation.Result.Failure == CallFailure.TooLate;

    private static SwitchoverState Learn(SwitchoverState state, StepObservation observation, bool isDone) => observation.Step switch
    {
        SwitchoverStep.Preflight => state with { PreflightPassed = isDone },
        SwitchoverStep.RestartWindow => state with { WindowOpen = isDone },
        SwitchoverStep.Arm => state with
        {
            Armed = isDone,
            LocksHeld = isDone ? true : null,
            WindowOpen = state.WindowOpen && !IsLostWindow(observation),
            TargetIsToBeSealedAgain = observation.OpenedSeal && !isDone,
            VotersMayComeLate = observation is { OpenedSeal: true, Result: { Outcome: CallOutcome.Unknown, Failure: CallFailure.TimedOut } },
            TargetVoters = observation.OpenedSeal && !isDone ? null : state.TargetVoters,
        },
        SwitchoverStep.MoveSourceLink => state with { SourceLink = isDone ? IdentityRole.Unstaked : null },

        // "Refused" counts only after it was read back.
        SwitchoverStep.Fence => state with
        {
            SourceIdentity = isDone ? IdentityRole.Unstaked : null,
            FenceMayComeLate = observation.Result.Outcome == CallOutcome.Unknown,
        },
        SwitchoverStep.Seal => state with { SourceVoters = isDone ? false : null, FinalTowerInHand = isDone },
        SwitchoverStep.Weigh => observation.Source is { } read && !TakeoverProtocol.HasTaken(state)
            ? state with { SourceBefore = read, SourceLink = read.Link, SourceIdentity = read.Identity, SourceVoters = true }
            : state,
        SwitchoverStep.StopSource => state with { SourceIsDown = isDone },
        SwitchoverStep.TakeTower => state with { FinalTowerInHand = isDone },
        SwitchoverStep.StopTarget => isDone ? state with { TargetIsDown = true, TargetWasStopped = true } : state,
        SwitchoverStep.Promote => state with
        {
            Promotion = state.Rules.ResolvesUnknown || isDone ? observation.Result.Outcome : CallOutcome.NotDone,
            TargetIdentity = isDone ? IdentityRole.Staked : state.Rules.ResolvesUnknown ? null : IdentityRole.Unstaked,
        },
        SwitchoverStep.LookAtTarget => state with { TargetIdentity = observation.Seen },
        SwitchoverStep.SealTarget => isDone ? state with { TargetVoters = false, TargetIdentity = null, TargetIsToBeSealedAgain = false } : state with { TargetVoters = null },
        SwitchoverStep.DemoteTarget => state with { TargetDemoted = isDone, TargetIdentity = null },
        SwitchoverStep.UnsealTarget => isDone ? state with { TargetVoters = true } : state,
        SwitchoverStep.MoveTargetLink => state with { TargetLink = isDone ? IdentityRole.Staked : null },
        SwitchoverStep.Verify => state with { Verified = isDone, PromotionWasLost = IsLost(observation), VoterIsUnknown = !isDone && observation.Seen is null },

        // The last look supplies what was unknown before.
        SwitchoverStep.SeeTargetVote => state with { LastLook = observation.Result, PromotionWasLost = IsLost(observation), VoterIsUnknown = !isDone && observation.Seen is null },
        SwitchoverStep.SeeSourceVote => state with { LastLook = observation.Result, SourceIdentity = isDone ? IdentityRole.Staked : observation.Seen },
        SwitchoverStep.Tidy => state with { Tidied = isDone, LocksHeld = isDone ? false : state.LocksHeld },
        SwitchoverStep.RestoreVoters => state with { SourceVoters = isDone ? true : null },
        SwitchoverStep.RestoreLink => state with { SourceLink = isDone ? state.LinkBefore : null },
        SwitchoverStep.LookAtSource => state with { SourceIdentity = observation.Seen, LastLook = observation.Seen is null ? state.LastLook : null },

        // By the end of this step a late demotion has had its effect; a look must show it. An order that came too late was held up, or this program was.
        // The target may have been promoted meanwhile, so it is probed before the next try.
        SwitchoverStep.RestoreIdentity => state with
        {
            SourceIdentity = isDone && !state.FenceMayComeLate ? IdentityRole.Staked : null,
            FenceMayComeLate = state.FenceMayComeLate && !isDone,
            LastLook = null,
            TargetIdentity = IsTooLate(observation) && state.Promotion is not null ? null : state.TargetIdentity,
            Tried = IsTooLate(observation) ? state.Tried.Remove(SwitchoverStep.LookAtTarget) : state.Tried,
        },
        SwitchoverStep.ClearTarget => state with { TargetCleared = isDone },
        SwitchoverStep.Release => state with { LocksHeld = isDone ? false : null },
        SwitchoverStep.Lock => state with { Armed = isDone, LocksHeld = isDone ? true : null },
        SwitchoverStep.Diagnose => observation.Pair is { } pair ? state.FilledIn(pair) : state with { Verdict = null },
        SwitchoverStep.ReturnVoters => state with { VotersReturned = isDone },
        SwitchoverStep.RestoreTargetLink => state with { TargetLink = isDone ? IdentityRole.Unstaked : null },
        _ => state,
    };
}
