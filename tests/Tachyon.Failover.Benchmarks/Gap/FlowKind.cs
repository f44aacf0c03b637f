namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>A way that can be asked for.</summary>
/// <param name="OneWayTrips">Consecutive trips between the source's last saved vote and the arrival of the promotion at the target, by the way's construction.</param>
/// <param name="Create">Creates it for a stage.</param>
internal sealed record FlowKind(int OneWayTrips, Func<Stage, IFlow> Create);
