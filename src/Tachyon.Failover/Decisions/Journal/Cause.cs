namespace Tachyon.Failover.Decisions;

/// <summary>What caused a fact that the journal keeps: a run, or one step of it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Step">The step; null for the whole run.</param>
internal sealed record Cause(RunId Run, string? Step = null);
