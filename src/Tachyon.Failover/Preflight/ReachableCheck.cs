namespace Tachyon.Failover.Preflight;

/// <summary>TF101: both nodes answer, their validators run, and what a switchover needs on them is there.</summary>
internal sealed class ReachableCheck : IPreflightCheck
{
    public string Code => "TF101";

    public Task<IReadOnlyList<PreflightFinding>> CheckAsync(ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PreflightFinding>>([.. Look(survey.Source), .. Look(survey.Target)]);

    private IEnumerable<PreflightFinding> Look(NodeSurvey node)
    {
        if (!node.Inspection.IsDone)
        {
            yield return Blocker(node, $"The node could not be looked at: {node.Inspection.Call}.");
        }
        else
        {
            foreach (var problem in node.Inspection.Value.Problems)
            {
                yield return Blocker(node, problem);
            }

            foreach (var warning in node.Inspection.Value.Warnings)
            {
                yield return new() { Code = Code, Severity = PreflightSeverity.Warning, Node = node.Name, Message = warning };
            }
        }

        if (!node.ContactInfo.IsDone)
        {
            yield return Blocker(node, $"The validator did not say who it is: {node.ContactInfo.Call}.", node.ContactInfo.Call.Failure switch
            {
                CallFailure.ValidatorNotRunning => "Start the validator, or mend the ledger path in the settings.",
                CallFailure.ValidatorStarting => "Wait until its start is complete.",
                CallFailure.PermissionDenied => "Name the validator's user in RunAs: admin.rpc is open to it alone.",
                CallFailure.ProgramMissing => "Give the absolute path of the validator's program in the settings.",
                _ => null,
            });
        }
    }

    private PreflightFinding Blocker(NodeSurvey node, string message, string? remedy = null) =>
        new() { Code = Code, Severity = PreflightSeverity.Blocker, Node = node.Name, Message = message, Remedy = remedy };
}
