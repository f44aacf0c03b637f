namespace Tachyon.Failover.Preflight;

/// <summary>The checks of this library.</summary>
public static class PreflightChecks
{
    /// <summary>
    /// All of them. Add with a collection expression, <c>[.. PreflightChecks.Default, mine]</c>, and leave out by the code:
    /// <c>[.. PreflightChecks.Default.Where(check => check.Code != "TF116")]</c>.
    /// </summary>
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
    ];
}
