using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Preflight;

/// <summary>A check of each node's own set-up.</summary>
/// <param name="code">Its code.</param>
/// <param name="expected">What it expects, for the finding about a node that could not be read.</param>
internal abstract class NodeCheck(string code, string expected) : SurveyCheck(code)
{
    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey) =>
        survey.Nodes.SelectMany(node => node.Inspection.Value is { } inspection ? Probe(pair, node, inspection) : [Unseen(node.Name, node.Inspection.Call, expected)]);

    protected abstract IEnumerable<PreflightFinding> Probe(ValidatorPair pair, NodeSurvey node, ValidatorInspection inspection);
}
