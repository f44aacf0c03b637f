using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Preflight;

/// <summary>A check that looks at each node's set-up by itself.</summary>
/// <param name="code">Its code.</param>
/// <param name="expected">What it looks for, should a node not be seen.</param>
internal abstract class NodeCheck(string code, string expected) : SurveyCheck(code)
{
    protected override IEnumerable<PreflightFinding> Look(ValidatorPair pair, PairSurvey survey) =>
        survey.Nodes.SelectMany(node => node.Inspection.Value is { } inspection ? Look(pair, node, inspection) : [Unseen(node.Name, node.Inspection.Call, expected)]);

    protected abstract IEnumerable<PreflightFinding> Look(ValidatorPair pair, NodeSurvey node, ValidatorInspection inspection);
}
