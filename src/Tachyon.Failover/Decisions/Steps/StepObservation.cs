namespace Tachyon.Failover.Decisions;

/// <summary>The result of a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Result">Done, not done, or unknown.</param>
/// <param name="Seen">The identity that a probe saw; null if the step is no probe, or saw nothing.</param>
/// <param name="Pair">What a probe of both nodes saw; null if the step is no such probe, or saw nothing.</param>
/// <param name="Evidence">The result of an assessment; null if the step is none, or was inconclusive.</param>
/// <param name="Source">What an assessment read of the lost node before any change there; null if the step is none, or could not read it.</param>
internal sealed record StepObservation(
    FailoverStep Step, CallResult Result, IdentityRole? Seen = null, PairFacts? Pair = null, EvidenceFacts? Evidence = null, NodeFacts? Source = null)
{
    /// <summary>Whether the step was never sent, because an earlier step of its batch was not done.</summary>
    public bool WasSkipped => Result.Failure == CallFailure.Skipped;

    /// <summary>Whether prepare-target added, or may have added, the voters of a target that an earlier run had left sealed.</summary>
    public bool OpenedSeal { get; init; }

    /// <summary>Whether a reachable node refused, so that another try is of little use.</summary>
    public bool WasRefused => Result.Outcome == CallOutcome.NotDone && Result.Failure is not (CallFailure.Unreachable or CallFailure.LockHeld or CallFailure.Skipped or CallFailure.TowerMismatch or CallFailure.Expired);
}
