namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>A way that can be asked for.</summary>
/// <param name="OneWayTrips">Trips one behind the other between the source's last saved vote and the arrival of the promotion at the target, by the way's construction.</param>
/// <param name="Create">Makes it for a stage.</param>
internal sealed record FlowKind(int OneWayTrips, Func<Stage, IFlow> Create);
