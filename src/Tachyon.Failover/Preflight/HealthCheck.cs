using System.Globalization;
using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Preflight;

/// <summary>TF117: both validators are healthy, and level with the cluster and each other. For the source this is a warning; for the target it is a blocker.</summary>
internal sealed class HealthCheck() : SurveyCheck("TF117")
{
    /// <summary>They are not asked at the same moment, and one validator may be a block or two behind another.</summary>
    private const double SlotsBetween = 8;

    private const string Expected = "a validator that is healthy and caught up";
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(400);

    private const string Remedy = "wait until it has caught up, or find out why it does not";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey)
    {
        var newest = survey.Nodes.Select(node => AtBeginning(node.Epoch, node.EpochSeenAfter)).Append(AtBeginning(survey.Cluster.Epoch, survey.Cluster.EpochSeenAfter)).Max();
        if (AtBeginning(survey.Cluster.Epoch, survey.Cluster.EpochSeenAfter) is not { } cluster)
        {
            yield return Unseen(null, survey.Cluster.Epoch.Call, "the cluster's newest slot");
        }
        else if (newest - cluster > SlotsBetween)
        {
            yield return Warning(null, $"the cluster's RPC is {Slots(newest - cluster)} slots behind the nodes", "a view of the cluster that is up to date", "ask another RPC node");
        }

        foreach (var finding in survey.Nodes.SelectMany(node => Probe(node, newest)))
        {
            yield return finding;
        }
    }

    /// <summary>The slot of a node when the survey began. A later answer shows a higher slot, so the elapsed slots are subtracted.</summary>
    private static double? AtBeginning(CallResult<EpochInfo> epoch, TimeSpan after) => epoch.Value is { } info ? info.AbsoluteSlot - (after / Slot) : null;

    private static string Slots(double? count) => string.Create(CultureInfo.InvariantCulture, $"{count:0}");

    private IEnumerable<PreflightFinding> Probe(NodeSurvey node, double? newest)
    {
        if (node.Health.Value is not { } health)
        {
            yield return Unseen(node.Name, node.Health.Call, Expected);
        }
        else if (!health.IsHealthy)
        {
            yield return Ill(node, $"the validator reports: {health.Message ?? "not healthy"}");
        }

        if (AtBeginning(node.Epoch, node.EpochSeenAfter) is not { } own)
        {
            yield return Unseen(node.Name, node.Epoch.Call, Expected);
        }
        else if (newest - own > SlotsBetween)
        {
            yield return Ill(node, $"the validator is at slot {node.Epoch.Value?.AbsoluteSlot}, {Slots(newest - own)} slots behind");
        }
    }

    private PreflightFinding Ill(NodeSurvey node, string seen) =>
        node.Side == NodeSide.Target ? Blocker(node.Name, seen, Expected, Remedy) : Warning(node.Name, seen, Expected, Remedy);
}
