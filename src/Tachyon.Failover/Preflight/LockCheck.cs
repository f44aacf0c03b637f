using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Preflight;

/// <summary>TF121: no other coordinator is at work on the nodes. A switchover takes the locks in any case, and is refused if it does not get them.</summary>
internal sealed class LockCheck() : NodeCheck("TF121", Expected)
{
    private const string Expected = "no other coordinator at work";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, NodeSurvey node, ValidatorInspection inspection)
    {
        if (inspection.IsLocked is null)
        {
            yield return Unseen(node.Name, "it is unknown whether the lock is held", Expected);
        }
        else if (inspection.IsLocked.Value)
        {
            yield return Blocker(node.Name, $"the lock is held by {inspection.LockHolder ?? "an unnamed holder"}", Expected, $"wait until it has ended, and do not end it: in the middle of a switchover no node votes. If its machine is gone, {PreflightFinding.ProbeAndRecover}");
        }
    }
}
