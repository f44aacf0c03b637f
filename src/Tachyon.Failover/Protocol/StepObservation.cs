using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Protocol;

/// <summary>What came of a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Result">Done, not done, or unknown.</param>
/// <param name="Seen">What a look saw; null if the step is no look, or saw nothing.</param>
/// <param name="Pair">What a look at both nodes saw; null if the step is none, or saw nothing.</param>
/// <param name="Evidence">What a weighing came to; null if the step is none, or could not look.</param>
/// <param name="Source">What a weighing read of the lost node before anything was changed there; null if the step is none, or could not read it.</param>
internal sealed record StepObservation(
    SwitchoverStep Step, CallResult Result, IdentityRole? Seen = null, PairFacts? Pair = null, EvidenceFacts? Evidence = null, NodeFacts? Source = null)
{
    /// <summary>Whether the step was never sent, because one before it in the same leg was not done.</summary>
    public bool WasSkipped => Result.Failure == CallFailure.Skipped;

    /// <summary>Whether an arming gave, or may have given, voters to a target that an earlier run had left sealed.</summary>
    public bool OpenedSeal { get; init; }

    /// <summary>Whether a node that could be reached said no, so that asking it again is of little use.</summary>
    public bool WasRefused => Result.Outcome == CallOutcome.NotDone && Result.Failure is not (CallFailure.Unreachable or CallFailure.LockHeld or CallFailure.Skipped or CallFailure.TowerNotTheDelivered or CallFailure.TooLate);
}
