namespace Tachyon.Failover.Decisions;

/// <summary>A task for the operator. Immutable.</summary>
/// <param name="Node">The node on which to do it.</param>
/// <param name="Reason">Why, for the operator.</param>
/// <param name="Command">What to do there; null if it is not one command.</param>
/// <param name="Code">The code of the note about a pending demotion; null for another task.</param>
internal sealed record OperatorTask(NodeSide Node, string Reason, TaskCommand? Command, string? Code = null);
