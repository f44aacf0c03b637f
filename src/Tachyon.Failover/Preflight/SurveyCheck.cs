namespace Tachyon.Failover.Preflight;

/// <summary>A check that only evaluates the survey: pure, and completed at once.</summary>
internal abstract class SurveyCheck(string code) : IPreflightCheck
{
    public string Code => code;

    public Task<IReadOnlyList<PreflightFinding>> CheckAsync(ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PreflightFinding>>([.. Probe(pair, survey)]);

    protected abstract IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey);

    protected PreflightFinding Blocker(string? node, string seen, string expected, string? remedy = null) => Finding(PreflightSeverity.Blocker, node, seen, expected, remedy);

    protected PreflightFinding Warning(string? node, string seen, string expected, string? remedy = null) => Finding(PreflightSeverity.Warning, node, seen, expected, remedy);

    protected PreflightFinding Note(string? node, string seen, string expected) => Finding(PreflightSeverity.Info, node, seen, expected, remedy: null);

    /// <summary>A finding for a check that could not read what it needs.</summary>
    /// <param name="node">The node; null for the cluster.</param>
    /// <param name="why">The call that failed.</param>
    /// <param name="expected">What the check expects.</param>
    /// <param name="remedy">What makes it readable; null if the call's detail says it.</param>
    protected PreflightFinding Unseen(string? node, CallResult why, string expected, string? remedy = null) => Unseen(node, why.ToString(), expected, remedy);

    /// <inheritdoc cref="Unseen(string?, CallResult, string, string?)"/>
    protected PreflightFinding Unseen(string? node, string why, string expected, string? remedy = null) =>
        Blocker(node, why, expected, remedy).With(static it => it.IsInconclusive = true);

    private PreflightFinding Finding(PreflightSeverity severity, string? node, string seen, string expected, string? remedy) =>
        new() { Code = Code, Severity = severity, Node = node, Seen = seen, Expected = expected, Remedy = remedy };
}
