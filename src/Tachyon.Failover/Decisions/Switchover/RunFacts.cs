namespace Tachyon.Failover.Decisions;

/// <summary>What each result means for the nodes. A call that was sent and whose result is unknown leaves its fact unknown.</summary>
internal static class RunFacts
{
    /// <summary>For so long the last probe counts at the end of a run. A healthy release of the locks takes one round trip.</summary>
    public static readonly TimeSpan ProbeStaysTrue = TimeSpan.FromSeconds(2);

    /// <summary>The state after a step.</summary>
    public static RunState After(this RunState state, StepObservation observation)
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
            Takeover = state.Takeover?.After(observation, !TakeoverProtocol.HasTaken(state)),
        }).Reconsidered(observation);

        if (learned.Takeover is { } takeover && observation.Step == FailoverStep.AssessEvidence && TakeoverProtocol.IsTurnedAround(learned, takeover))
        {
            return learned with { FirstFailure = learned.FirstFailure ?? observation };
        }

        // After three closed windows the run is refused: preparing takes longer than the window allows.
        return observation.Result.IsDone
            || MayFail(StepTable.Of(observation.Step).Failure, state.Takeover is not null)
            || (IsLostWindow(observation) && state.OnClosedWindow == ClosedRestartWindow.WaitAgain && refusals < SwitchoverProtocol.RefusalsTaken)
            ? learned
            : learned with { FirstFailure = learned.FirstFailure ?? observation };
    }

    /// <summary>
    /// Whether the last probe is too old for a result that says that a node votes. A node that has gone meanwhile holds up the release of its lock for the limit of a call, so it is probed once more.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="age">How long ago the node was asked.</param>
    public static bool HasOldProbe(this RunState state, TimeSpan age) => state.LastProbe is { IsDone: true } && age > ProbeStaysTrue;

    /// <summary>The state after the caller canceled, before the step was sent.</summary>
    public static RunState Abandoned(this RunState state, FailoverStep before, CallResult reason) =>
        state with { FirstFailure = state.IsRecovery ? new StepObservation(before, reason) : state.FirstFailure ?? new StepObservation(before, reason) };

    private static bool MayFail(StepFailure failure, bool isTakeover) =>
        failure == StepFailure.CostsSpeed || (isTakeover && failure is StepFailure.IsEvidence or StepFailure.StaysPending);

    private static bool IsLostWindow(StepObservation observation) =>
        observation is { Step: FailoverStep.Prepare, Result.Failure: CallFailure.NoRestartWindow };

    /// <summary>Whether the promoted node was seen with another identity. A node that is not running may start with either.</summary>
    private static bool IsLost(StepObservation observation) => observation.Seen == IdentityRole.Unstaked;

    private static bool IsTooLate(StepObservation observation) => observation.Result.Failure == CallFailure.Expired;

    private static RunState Learn(RunState state, StepObservation observation, bool isDone) => observation.Step switch
    {
        FailoverStep.Preflight => state with { PreflightPassed = isDone },
        FailoverStep.AwaitRestartWindow => state with { WindowOpen = isDone },
        FailoverStep.Prepare => state with
        {
            Armed = isDone,
            LocksHeld = isDone ? true : null,
            WindowOpen = state.WindowOpen && !IsLostWindow(observation),
            TargetIsToBeSealedAgain = observation.OpenedSeal && !isDone,
            VotersMayComeLate = observation is { OpenedSeal: true, Result: { Outcome: CallOutcome.Unknown, Failure: CallFailure.TimedOut } },
            TargetVoters = observation.OpenedSeal && !isDone ? null : state.TargetVoters,
        },
        FailoverStep.MoveSourceLink => state with { SourceLink = isDone ? IdentityRole.Unstaked : null },

        // "Refused" counts only after it was read back.
        FailoverStep.DemoteSource => state with
        {
            SourceIdentity = isDone ? IdentityRole.Unstaked : null,
            FenceMayComeLate = observation.Result.Outcome == CallOutcome.Unknown,
        },
        FailoverStep.SealSource => state with { SourceVoters = isDone ? false : null, FinalTowerInHand = isDone },
        FailoverStep.AssessEvidence => observation.Source is { } read && !TakeoverProtocol.HasTaken(state)
            ? state with { SourceLink = read.Link, SourceIdentity = read.Identity, SourceVoters = true }
            : state,
        FailoverStep.ChooseTower => state with { FinalTowerInHand = isDone },
        FailoverStep.StopOther => isDone ? state.With(static recovery => recovery with { OtherIsDown = true, OtherWasStopped = true }) : state,
        FailoverStep.PromoteTarget => state with
        {
            Promotion = observation.Result.Outcome,
            TargetIdentity = isDone ? IdentityRole.Staked : null,
        },
        FailoverStep.ProbeOther => state with { TargetIdentity = observation.Seen },
        FailoverStep.SealOther => isDone ? state with { TargetVoters = false, TargetIdentity = null, TargetIsToBeSealedAgain = false } : state with { TargetVoters = null },
        FailoverStep.DemoteOther => state with { TargetDemoted = isDone, TargetIdentity = null },
        FailoverStep.UnsealTarget => isDone ? state with { TargetVoters = true } : state,
        FailoverStep.MoveTargetLink => state with { TargetLink = isDone ? IdentityRole.Staked : null },
        FailoverStep.Verify => state with { Verified = isDone, PromotionWasLost = IsLost(observation), VoterIsUnknown = !isDone && observation.Seen is null },

        // The last look supplies what was unknown before.
        FailoverStep.SeeTargetVote => state with { LastProbe = observation.Result, PromotionWasLost = IsLost(observation), VoterIsUnknown = !isDone && observation.Seen is null },
        FailoverStep.SeeKeeperVote => state with { LastProbe = observation.Result, SourceIdentity = isDone ? IdentityRole.Staked : observation.Seen },
        FailoverStep.CleanUp => state with { Tidied = isDone },
        FailoverStep.ReturnKeeperVoters => state with { SourceVoters = isDone ? true : null },
        FailoverStep.MoveKeeperLink => state with { SourceLink = isDone ? state.LinkBefore : null },
        FailoverStep.ProbeKeeper => state with { SourceIdentity = observation.Seen, LastProbe = observation.Seen is null ? state.LastProbe : null },

        // By the end of this step a late demotion has had its effect; a look must show it. An order that came too late was held up, or this program was.
        // The target may have been promoted meanwhile, so it is probed before the next try.
        FailoverStep.PromoteKeeper => state with
        {
            SourceIdentity = isDone && !state.FenceMayComeLate ? IdentityRole.Staked : null,
            FenceMayComeLate = state.FenceMayComeLate && !isDone,
            LastProbe = null,
            TargetIdentity = IsTooLate(observation) && state.Promotion is not null ? null : state.TargetIdentity,
            Tried = IsTooLate(observation) ? state.Tried.Remove(FailoverStep.ProbeOther) : state.Tried,
        },
        FailoverStep.MoveOtherTowerAside => state with { TargetCleared = isDone },
        FailoverStep.ReleaseLocks => state with { LocksHeld = isDone ? false : null },
        FailoverStep.TakeLocks => state with { Armed = isDone, LocksHeld = isDone ? true : null },
        FailoverStep.Diagnose => observation.Pair is { } pair ? state.FilledIn(pair) : state.With(static recovery => recovery with { Verdict = null }),
        FailoverStep.ReturnOtherVoters => state.With(recovery => recovery with { OtherVotersReturned = isDone }),
        FailoverStep.MoveOtherLink => state with { TargetLink = isDone ? IdentityRole.Unstaked : null },
        _ => state,
    };
}
