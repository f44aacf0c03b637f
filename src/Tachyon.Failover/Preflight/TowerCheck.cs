using Tachyon.Failover.Nodes;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Preflight;

/// <summary>TF105: the tower folder is the validator's; the source has a sound tower as new as the chain; and the target has no newer one.</summary>
internal sealed class TowerCheck() : SurveyCheck("TF105")
{
    /// <summary>The tower and the chain are not read at the same moment. A tower in a wrong folder is far older.</summary>
    private const ulong SlotsBetweenProbes = 16;

    private const string NoneOrOlder = "none, or an older one";
    private const string SoundTower = "a tower of the staked identity, signed by it, that holds what the chain has";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey)
    {
        var newest = survey.Source.Tower.Value is { } file ? TowerVerification.Check(file, pair.StakedIdentity) : null;
        return
        [
            .. survey.Nodes.SelectMany(ProbeFolder),
            .. survey.IsTurned(pair) ? [] : ProbeSource(survey, newest),
            .. survey.IsTurned(pair) ? [] : ProbeTarget(pair, survey.Target, newest?.Tower?.LastVotedSlot, survey.Cluster.Epoch.Value?.AbsoluteSlot),
        ];
    }

    private IEnumerable<PreflightFinding> ProbeFolder(NodeSurvey node)
    {
        // Another check reports whether the process was found.
        if (node.Inspection.Value?.Process is { TowerFolder: { IsAsInSettings: not true } folder })
        {
            yield return Blocker(
                node.Name,
                $"the validator was started to keep its towers in {folder.Path}",
                "the folder of the settings",
                $"name that folder in {nameof(ValidatorNodeSettings.TowerFolder)}");
        }
    }

    private IEnumerable<PreflightFinding> ProbeSource(PairSurvey survey, TowerVerdict? tower)
    {
        var node = survey.Source;
        if (node.Tower.Call.Failure == CallFailure.TowerMissing)
        {
            yield return Blocker(node.Name, node.Tower.Call.Detail ?? "there is no tower", SoundTower, $"name the folder of --tower in {nameof(ValidatorNodeSettings.TowerFolder)}, if the start script has one");
        }
        else if (tower is null)
        {
            yield return Unseen(node.Name, node.Tower.Call, SoundTower);
        }
        else if (!tower.IsUsable)
        {
            yield return Blocker(node.Name, $"the tower cannot be used: {tower.Reason?.TrimEnd('.')}", SoundTower, "check that the validator votes and that this is its tower folder");
        }
        else if (survey.VoteAccount.Value is not { } account)
        {
            yield return Unseen(node.Name, survey.VoteAccount.Call, "a tower as new as the chain's last vote");
        }
        else if (tower.Tower.LastVotedSlot + SlotsBetweenProbes < account.LastVote)
        {
            yield return Blocker(
                node.Name,
                $"the tower ends with slot {tower.Tower.LastVotedSlot}, and the chain has a vote for slot {account.LastVote}",
                SoundTower,
                "check that this is the validator's tower folder, and that no other node votes with the staked identity");
        }
    }

    private IEnumerable<PreflightFinding> ProbeTarget(ValidatorPair pair, NodeSurvey node, ulong? newest, ulong? cluster)
    {
        if (node.Tower.Value is { } leftover)
        {
            var verdict = TowerVerification.Check(leftover, pair.StakedIdentity);
            var last = verdict.Tower?.LastVotedSlot;
            yield return last > cluster + SlotsBetweenProbes
                ? Blocker(
                    node.Name,
                    $"its tower ends with slot {last}, and the cluster is at slot {cluster}: the tower is from before a cluster restart that went back to an earlier slot, or from another cluster",
                    NoneOrOlder,
                    $"after such a restart, run on {node.Name}: {pair.Target.Host.CommandFor(ValidatorCommand.MoveTowerAside)}")
                : last > newest
                ? Blocker(
                    node.Name,
                    $"its tower ends with slot {last}, after the source's ({newest}): the target has voted since",
                    NoneOrOlder,
                    $"find out which tower is right before you move anything; {PreflightFinding.Recover}")
                : Note(node.Name, $"there is a stale tower ({verdict}); it will be moved aside", "none");
        }
        else if (node.Tower.Call.Failure != CallFailure.TowerMissing)
        {
            // No tower is expected there. A tower that could not be read is not the same.
            yield return Unseen(node.Name, node.Tower.Call, "no tower, or an older one");
        }
    }
}
