namespace Tachyon.Failover.Preflight;

/// <summary>Runs checks side by side, and hears all of them out.</summary>
internal static class PreflightRun
{
    /// <param name="checks">The checks.</param>
    /// <param name="reclassify">What an embedder makes of a finding's severity; null to leave it.</param>
    /// <param name="pair">The nodes.</param>
    /// <param name="survey">What they said.</param>
    /// <param name="cancellationToken">The time is over; what has not looked by then could not.</param>
    public static async Task<PreflightReport> RunAsync(
        IReadOnlyList<IPreflightCheck> checks,
        Func<PreflightFinding, PreflightSeverity>? reclassify,
        ValidatorPair pair,
        PairSurvey survey,
        CancellationToken cancellationToken)
    {
        var findings = await Task.WhenAll(checks.Select(check => LookAsync(check, pair, survey, cancellationToken))).ConfigureAwait(false);
        return new PreflightReport(checks.Select(check => check.Code), findings.SelectMany(found => found).Select(finding => Classify(finding, reclassify)));
    }

    private static PreflightFinding Classify(PreflightFinding finding, Func<PreflightFinding, PreflightSeverity>? reclassify)
    {
        try
        {
            return reclassify is null ? finding : finding with { Severity = reclassify(finding) };
        }
        catch (Exception)
        {
            // The embedder's own trouble must not make anything lighter than it is.
            return finding;
        }
    }

    private static async Task<IReadOnlyList<PreflightFinding>> LookAsync(
        IPreflightCheck check, ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken)
    {
        try
        {
            return await StartAsync(check, pair, survey, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // A check of an embedder may throw anything; what it could not look at, nobody has looked at.
            return
            [
                new PreflightFinding
                {
                    Code = check.Code,
                    Severity = PreflightSeverity.Blocker,
                    Seen = exception is OperationCanceledException ? "the time for the preflight was over" : exception.Message,
                    Expected = $"that {check.GetType().Name} can look",
                    CouldNotLook = true,
                },
            ];
        }
    }

    // A check of an embedder does not run on this thread: one that blocks before its first await would keep the others, and the deadline, waiting. The
    // library's own never block, and a run of them alone takes no thread: the simulated cluster lives by that.
    private static Task<IReadOnlyList<PreflightFinding>> StartAsync(
        IPreflightCheck check, ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) =>
        check.GetType().Assembly == typeof(PreflightRun).Assembly
            ? check.CheckAsync(pair, survey, cancellationToken)
            : Task.Run(() => check.CheckAsync(pair, survey, cancellationToken), cancellationToken);
}
