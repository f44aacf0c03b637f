using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Preflight;

/// <summary>TF121: no other coordinator is at work on the nodes. A switchover takes the locks all the same, and is refused if it gets them not.</summary>
internal sealed class LockCheck() : NodeCheck("TF121", Expected)
{
    private const string Expected = "no other coordinator at work";

    protected override IEnumerable<PreflightFinding> Look(ValidatorPair pair, NodeSurvey node, ValidatorInspection inspection)
    {
        if (inspection.IsLocked is null)
        {
            yield return Unseen(node.Name, "it is not known whether the lock is held", Expected);
        }
        else if (inspection.IsLocked.Value)
        {
            yield return Blocker(node.Name, $"the lock is held by {inspection.LockHolder ?? "somebody who gave no name"}", Expected, $"wait until it has ended, and do not end it: in the middle of a switchover nobody votes. If its machine is gone, {PreflightFinding.LookAndRecover}");
        }
    }
}
