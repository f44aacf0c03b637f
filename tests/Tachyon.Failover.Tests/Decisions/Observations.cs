using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>Every observation of a pair: every value of every fact, and unknown.</summary>
internal static class Observations
{
    private static readonly IdentityRole?[] Roles = [null, IdentityRole.Unstaked, IdentityRole.Staked];
    private static readonly bool?[] Maybe = [null, false, true];

    public static readonly NodeSide[] Sides = Enum.GetValues<NodeSide>();

    public static readonly NodeFacts[] Nodes =
    [
        .. from condition in Enum.GetValues<NodeCondition>()
           from identity in Roles
           from link in Roles
           from saves in Maybe
           from hasTower in Maybe
           from mayTakeIt in (bool[])[false, true]
           select new NodeFacts { Condition = condition, Identity = identity, Link = link, SavesTowers = saves, HasTower = hasTower, MayTakeIdentity = mayTakeIt },
    ];

    public static readonly NewestTower[] Towers = Enum.GetValues<NewestTower>();

    public static IEnumerable<PairFacts> All() =>
        from source in Nodes
        from target in Nodes
        from newest in Towers
        select new PairFacts { Source = source, Target = target, Newest = newest };
}
