namespace Tachyon.Failover.Preflight;

/// <summary>TF101: both nodes answer, and their validators run and have finished their start.</summary>
internal sealed class ReachableCheck() : SurveyCheck(ReachableCheck.ItsCode)
{
    /// <summary>Its code.</summary>
    public const string ItsCode = "TF101";

    /// <summary>Its expectation if the node is unreachable. Then all other checks are inconclusive as well.</summary>
    public const string NodeAnswers = "a node that answers";

    private const string Expected = "a running validator that reports its identity";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey)
    {
        foreach (var node in survey.Nodes)
        {
            if (!node.Inspection.IsDone)
            {
                yield return Unseen(node.Name, node.Inspection.Call, NodeAnswers);
            }

            if (node.ContactInfo.Call is { IsDone: false } call)
            {
                yield return call.Failure switch
                {
                    CallFailure.ValidatorNotRunning => Blocker(node.Name, $"no validator runs: {call.Detail}", Expected, "start the validator, or correct the ledger path in the settings"),
                    CallFailure.ValidatorStarting => Blocker(node.Name, "the validator is starting", Expected, "wait until its start is complete"),
                    CallFailure.PermissionDenied => Unseen(node.Name, call, Expected, $"name the validator's user in {nameof(ValidatorNodeSettings.RunAs)}: only that user can open admin.rpc"),
                    CallFailure.ProgramMissing => Unseen(node.Name, call, Expected, $"name the validator's program in {nameof(ValidatorNodeSettings.Program)}, with its absolute path"),
                    _ => Unseen(node.Name, call, Expected),
                };
            }
        }
    }
}
