namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>The ways that are compared.</summary>
internal static class Flows
{
    // Short, because the identity leads often here; long enough for the arming at 250 ms and the steps after it.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(8);

    public static IReadOnlyDictionary<string, FlowKind> All { get; } = new Dictionary<string, FlowKind>(StringComparer.Ordinal)
    {
        // Source to coordinator with the tower, coordinator to target with the tower and the promotion.
        ["ours"] = new(2, stage => new CoordinatorFlow(stage, ShellKind.Net, Idle)),
        ["ours-openssh"] = new(2, stage => new CoordinatorFlow(stage, ShellKind.OpenSsh, Idle)),
        ["ours-now"] = new(2, stage => new CoordinatorFlow(stage, ShellKind.Net, idle: null)),

        // The answer of set-identity; then, for each of link, read, write and promotion, a login (more than one round trip, counted as one) and its answer.
        ["guide"] = new(9, stage => new GuideFlow(stage)),

        // Answer of set-identity with the tower; tower and promotion.
        ["peer"] = new(2, stage => new PeerFlow(stage)),
    };
}
