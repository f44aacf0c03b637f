using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Preflight;

/// <summary>TF109: there is room on the disks of the ledger, the tower and the identity link.</summary>
internal sealed class DiskCheck() : NodeCheck("TF109", "room on the disks that are written to")
{
    protected override IEnumerable<PreflightFinding> Look(ValidatorPair pair, NodeSurvey node, ValidatorInspection inspection) =>
        inspection.Problems.Where(problem => problem.Aspect == SetupAspect.Disk).Select(problem => Of(PreflightSeverity.Blocker, node, problem));
}
