using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Preflight;

/// <summary>A check that reports the problems of its code from the inspection of a node's set-up.</summary>
/// <param name="code">Its code.</param>
/// <param name="severity">The severity of its problems.</param>
/// <param name="expected">What it expects, for the finding about a node that could not be read.</param>
internal abstract class SetupCheck(string code, PreflightSeverity severity, string expected) : NodeCheck(code, expected)
{
    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, NodeSurvey node, ValidatorInspection inspection) =>
        from problem in inspection.Problems
        where CodeOf(problem) == Code
        select Blocker(node.Name, problem.Seen, problem.Expected, problem.Remedy).With(it => it.Severity = severity);

    // A host of an embedder may give any code. No problem gets lost.
    private static string CodeOf(SetupProblem problem) => problem.Code is SetupProblem.Tools or SetupProblem.Disk or SetupProblem.KeypairPermissions ? problem.Code : SetupProblem.Access;
}
