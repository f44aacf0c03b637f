namespace Tachyon.Failover.Preflight;

/// <summary>TF117: both validators are healthy, and as far as the cluster and each other. An ill source is a reason to move; an ill target is one not to.</summary>
internal sealed class HealthCheck() : SurveyCheck("TF117")
{
    /// <summary>They are not asked in the same moment, and a validator takes a block or two longer than another.</summary>
    private const ulong SlotsBetween = 8;

    private const string Expected = "a validator that is healthy and caught up";
    private const string Remedy = "wait until it has caught up, or find out why it does not";

    protected override IEnumerable<PreflightFinding> Look(ValidatorPair pair, PairSurvey survey)
    {
        var newest = ((ulong?[])[survey.Source.Epoch.Value?.AbsoluteSlot, survey.Target.Epoch.Value?.AbsoluteSlot, survey.Cluster.Epoch.Value?.AbsoluteSlot]).Max();
        if (survey.Cluster.Epoch.Value is not { } cluster)
        {
            yield return Unseen(null, survey.Cluster.Epoch.Call, "the cluster's newest slot");
        }
        else if (cluster.AbsoluteSlot + SlotsBetween < newest)
        {
            yield return Warning(null, $"the cluster's RPC is {newest - cluster.AbsoluteSlot} slots behind the nodes", "a view of the cluster that is up to date", "ask another RPC node");
        }

        foreach (var finding in survey.Nodes.SelectMany(node => Look(node, newest)))
        {
            yield return finding;
        }
    }

    private IEnumerable<PreflightFinding> Look(NodeSurvey node, ulong? newest)
    {
        if (node.Health.Value is not { } health)
        {
            yield return Unseen(node.Name, node.Health.Call, Expected);
        }
        else if (!health.IsHealthy)
        {
            yield return Ill(node, $"the validator says of itself: {health.Message ?? "not healthy"}");
        }

        if (node.Epoch.Value is not { } epoch)
        {
            yield return Unseen(node.Name, node.Epoch.Call, Expected);
        }
        else if (epoch.AbsoluteSlot + SlotsBetween < newest)
        {
            yield return Ill(node, $"the validator is at slot {epoch.AbsoluteSlot}, {newest - epoch.AbsoluteSlot} slots behind");
        }
    }

    private PreflightFinding Ill(NodeSurvey node, string seen) =>
        node.Side == NodeSide.Target ? Blocker(node.Name, seen, Expected, Remedy) : Warning(node.Name, seen, Expected, Remedy);
}
