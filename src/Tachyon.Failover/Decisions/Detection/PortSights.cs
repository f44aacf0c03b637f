namespace Tachyon.Failover.Decisions;

/// <summary>The result of trying a node's ports, by name. Immutable.</summary>
/// <param name="Open">The ports that answer.</param>
/// <param name="Untried">The ports that could not be tried, so that their state is unknown.</param>
internal sealed record PortSights(IReadOnlyList<string> Open, IReadOnlyList<string> Untried);
