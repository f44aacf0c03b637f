namespace Tachyon.Failover.Preflight;

/// <summary>The checks of this library.</summary>
internal static class PreflightChecks
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IPreflightCheck> Default { get; } =
    [
        new ReachableCheck(),
        new RolesCheck(),
        new KeypairsCheck(),
        new IdentityLinkCheck(),
        new TowerCheck(),
        new VoteAccountCheck(),
        new AccessCheck(),
        new ToolsCheck(),
        new DiskCheck(),
        new KeypairPermissionsCheck(),
        new ProcessCheck(),
        new StartCommandCheck(),
        new ClientCheck(),
        new UnstakedIdentityCheck(),
        new AuthorizedVoterCheck(),
        new BalanceCheck(),
        new HealthCheck(),
        new ClusterCheck(),
        new GossipCheck(),
        new SameNodeCheck(),
        new LockCheck(),
        new ClockCheck(),
        new RoundTripCheck(),
        new MeasuredClientCheck(),
    ];
}
