using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Runs;

/// <summary>One step of a run: its code, and the command with which an operator would do the same. The table says everything else.</summary>
/// <param name="step">The step.</param>
internal abstract class RunStep(FailoverStep step)
{
    public FailoverStep Step => step;

    /// <summary>Executes the step.</summary>
    /// <remarks>
    /// It sends its calls, or the first of them, before its first await. The steps of a batch are started one after the other without waiting for answers,
    /// and the nodes execute their calls in that order: the promotion is sent after the delivery, and the seal after the demotion.
    /// </remarks>
    /// <param name="cancellationToken">Cancels the step, if the table allows it.</param>
    public abstract Task<StepObservation> RunAsync(CancellationToken cancellationToken);

    /// <summary>What the plan of a switchover says of the step; null if the plan leaves it out.</summary>
    public virtual string? Describe(ValidatorPair pair) => null;
}
