using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Preflight;

/// <summary>TF108: the tools that the scripts use are on the nodes.</summary>
internal sealed class ToolsCheck() : NodeCheck("TF108", "coreutils, grep and util-linux")
{
    protected override IEnumerable<PreflightFinding> Look(ValidatorPair pair, NodeSurvey node, ValidatorInspection inspection) =>
        inspection.Problems.Where(problem => problem.Aspect == SetupAspect.Tools).Select(problem => Of(PreflightSeverity.Blocker, node, problem));
}
