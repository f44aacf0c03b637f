namespace Tachyon.Failover.Watch;

/// <summary>What came of trying a node's ports, by name. Immutable.</summary>
/// <param name="Open">Those that answer.</param>
/// <param name="Untried">Those that could not be tried: nobody has seen them silent.</param>
internal sealed record PortSights(IReadOnlyList<string> Open, IReadOnlyList<string> Untried);
