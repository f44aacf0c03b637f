using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Preflight;

/// <summary>A check that reports the problems of one aspect from the inspection of a node's set-up.</summary>
/// <param name="code">Its code.</param>
/// <param name="aspect">The aspect.</param>
/// <param name="severity">The severity of its problems.</param>
/// <param name="expected">What it expects, for the finding about a node that could not be read.</param>
internal abstract class SetupCheck(string code, SetupAspect aspect, PreflightSeverity severity, string expected) : NodeCheck(code, expected)
{
    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, NodeSurvey node, ValidatorInspection inspection) =>
        from problem in inspection.Problems
        where problem.Aspect == aspect
        select Blocker(node.Name, problem.Seen, problem.Expected, problem.Remedy).With(it => it.Severity = severity);
}
