namespace Tachyon.Failover.Preflight;

/// <summary>TF106: the cluster's RPC knows a vote account of the staked identity, and it votes. That is where votes are looked for after the move.</summary>
internal sealed class VoteAccountCheck : IPreflightCheck
{
    public string Code => "TF106";

    public Task<IReadOnlyList<PreflightFinding>> CheckAsync(ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PreflightFinding>>([.. Look(survey)]);

    private IEnumerable<PreflightFinding> Look(PairSurvey survey)
    {
        if (survey.VoteAccount.Value is not { } account)
        {
            yield return Warning(
                $"The vote account could not be looked at: {survey.VoteAccount.Call.Detail}. The tower is not compared with the last landed vote, and votes of the target will not be seen to land.",
                "See that the identity and the cluster's RPC are of the same cluster, and that the RPC answers.");
        }
        else if (account.IsDelinquent)
        {
            yield return Warning(
                $"The vote account {account.Address} is delinquent: its last landed vote is for slot {account.LastVote}.",
                "Find out why the source does not vote before its identity is moved.");
        }
    }

    private PreflightFinding Warning(string message, string remedy) =>
        new() { Code = Code, Severity = PreflightSeverity.Warning, Message = message, Remedy = remedy };
}
