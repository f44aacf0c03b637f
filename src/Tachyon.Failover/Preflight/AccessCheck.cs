using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Preflight;

/// <summary>TF107: the program, files and folders of the settings are there, and the user may do with them what a switchover does.</summary>
internal sealed class AccessCheck() : NodeCheck("TF107", "a user who may run the program, read the keypairs, write the folders and take the lock")
{
    protected override IEnumerable<PreflightFinding> Look(ValidatorPair pair, NodeSurvey node, ValidatorInspection inspection) =>
        inspection.Problems.Where(problem => problem.Aspect == SetupAspect.Access).Select(problem => Of(PreflightSeverity.Blocker, node, problem));
}
