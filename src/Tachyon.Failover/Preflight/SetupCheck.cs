using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Preflight;

/// <summary>A check that passes on the problems of one aspect that the look at a node's set-up has found.</summary>
/// <param name="code">Its code.</param>
/// <param name="aspect">The aspect.</param>
/// <param name="severity">How bad a problem of it is.</param>
/// <param name="expected">What it looks for, should a node not be seen.</param>
internal abstract class SetupCheck(string code, SetupAspect aspect, PreflightSeverity severity, string expected) : NodeCheck(code, expected)
{
    protected override IEnumerable<PreflightFinding> Look(ValidatorPair pair, NodeSurvey node, ValidatorInspection inspection) =>
        from problem in inspection.Problems
        where problem.Aspect == aspect
        select Blocker(node.Name, problem.Seen, problem.Expected, problem.Remedy) with { Severity = severity };
}
