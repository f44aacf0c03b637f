using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Preflight;

/// <summary>TF110: keypair files are open to their owner only. A switchover would not fail on one that is not.</summary>
internal sealed class KeypairPermissionsCheck() : NodeCheck("TF110", "keypair files that only their owner may read")
{
    protected override IEnumerable<PreflightFinding> Look(ValidatorPair pair, NodeSurvey node, ValidatorInspection inspection) =>
        inspection.Problems.Where(problem => problem.Aspect == SetupAspect.KeypairPermissions).Select(problem => Of(PreflightSeverity.Warning, node, problem));
}
