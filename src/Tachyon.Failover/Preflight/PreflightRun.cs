using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Preflight;

/// <summary>Runs checks side by side, and collects the findings of all.</summary>
internal static class PreflightRun
{
    /// <param name="checks">The checks.</param>
    /// <param name="reclassify">The embedder's change of a finding's severity; null for none.</param>
    /// <param name="time">Where checks that are not the library's own are started.</param>
    /// <param name="pair">The nodes.</param>
    /// <param name="survey">The answers of the nodes.</param>
    /// <param name="cancellationToken">Ends the preflight. Checks that have not ended count as inconclusive.</param>
    public static async Task<PreflightReport> RunAsync(
        IReadOnlyList<IPreflightCheck> checks,
        Func<PreflightFinding, PreflightSeverity>? reclassify,
        TimeProvider time,
        ValidatorPair pair,
        PairSurvey survey,
        CancellationToken cancellationToken)
    {
        var findings = await Task.WhenAll(checks.Select(check => ProbeAsync(check, time, pair, survey, cancellationToken))).ConfigureAwait(false);
        return new PreflightReport(checks.Select(check => check.Code), findings.SelectMany(found => found).Select(finding => Classify(finding, reclassify)));
    }

    private static PreflightFinding Classify(PreflightFinding finding, Func<PreflightFinding, PreflightSeverity>? reclassify)
    {
        // A check may keep its finding, and change it when the report is given away.
        var copy = Copies.Of(finding);
        try
        {
            copy.Severity = reclassify?.Invoke(finding) ?? finding.Severity;
        }
        catch (Exception)
        {
            // An exception of the embedder must not lower a severity.
        }

        return copy;
    }

    private static async Task<IReadOnlyList<PreflightFinding>> ProbeAsync(
        IPreflightCheck check, TimeProvider time, ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken)
    {
        try
        {
            return await StartAsync(check, time, pair, survey, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // A check of an embedder may throw anything. Its result is then unknown.
            return
            [
                new PreflightFinding
                {
                    Code = check.Code,
                    Severity = PreflightSeverity.Blocker,
                    Seen = exception is OperationCanceledException ? "the time for the preflight was over" : exception.Message,
                    Expected = $"a result of {check.GetType().Name}",
                    IsInconclusive = true,
                },
            ];
        }
    }

    // An embedder's check may block before its first await. It must not delay the others and the deadline. The library's own checks never block.
    private static Task<IReadOnlyList<PreflightFinding>> StartAsync(
        IPreflightCheck check, TimeProvider time, ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) =>
        check is SurveyCheck
            ? check.CheckAsync(pair, survey, cancellationToken)
            : time.ForkAsync(() => check.CheckAsync(pair, survey, cancellationToken));
}
