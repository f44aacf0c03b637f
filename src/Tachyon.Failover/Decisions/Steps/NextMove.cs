using System.Collections.Immutable;

namespace Tachyon.Failover.Decisions;

/// <summary>The next move: a batch of steps that are sent together, or the end.</summary>
internal sealed record NextMove
{
    private NextMove(ImmutableArray<FailoverStep> leg, FailoverOutcome? end)
    {
        Leg = leg;
        End = end;
    }

    /// <summary>The steps, in their order. A step is executed only if the earlier steps of the batch are done, or if it does no harm otherwise.</summary>
    public ImmutableArray<FailoverStep> Leg { get; }

    /// <summary>How the switchover ended; null if it continues.</summary>
    public FailoverOutcome? End { get; }

    /// <summary>Whether this move tries a step of the batch before again, or probes again after something was done. Then the run waits before it.</summary>
    /// <param name="leg">The batch before this move.</param>
    public bool IsAnotherTry(ImmutableArray<FailoverStep> leg) =>
        End is null && (Leg.Any(leg.Contains) || (Leg.Contains(FailoverStep.Diagnose) && leg[0] != FailoverStep.TakeLocks));

    public static NextMove Take(params ImmutableArray<FailoverStep> leg) => new(leg, null);

    public static NextMove Finish(FailoverOutcome outcome) => new([], outcome);
}
