using Tachyon.Failover.Decisions;

namespace Tachyon.Failover;

/// <summary>What a program that shows a run needs to know about steps.</summary>
public static class FailoverSteps
{
    /// <summary>The steps of a switchover that succeeds, in their order.</summary>
    public static IReadOnlyList<FailoverStep> OfSwitchover { get; } = [.. StepTable.All.Where(static one => one.IsOfSwitchover).Select(static one => one.Step)];

    /// <summary>How far a run is that executes this step.</summary>
    public static FailoverPhase Phase(this FailoverStep step) => StepTable.Of(step).Phase;

    /// <summary>The name of a step in words, such as "move source link".</summary>
    public static string Name(this FailoverStep step) => StepTable.Of(step).Name;
}
