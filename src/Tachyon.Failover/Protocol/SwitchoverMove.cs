using System.Collections.Immutable;

namespace Tachyon.Failover.Protocol;

/// <summary>The next move: a batch of steps that are sent together, or the end.</summary>
internal sealed record SwitchoverMove
{
    private SwitchoverMove(ImmutableArray<SwitchoverStep> leg, SwitchoverOutcome? end)
    {
        Leg = leg;
        End = end;
    }

    /// <summary>The steps, in their order. A step is executed only if the earlier steps of the batch are done, or if it does no harm otherwise.</summary>
    public ImmutableArray<SwitchoverStep> Leg { get; }

    /// <summary>How the switchover ended; null if it continues.</summary>
    public SwitchoverOutcome? End { get; }

    public static SwitchoverMove Take(params ImmutableArray<SwitchoverStep> leg) => new(leg, null);

    public static SwitchoverMove Finish(SwitchoverOutcome outcome) => new([], outcome);
}
