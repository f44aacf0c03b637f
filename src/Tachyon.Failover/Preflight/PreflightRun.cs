namespace Tachyon.Failover.Preflight;

/// <summary>Runs checks side by side, and hears all of them out.</summary>
internal static class PreflightRun
{
    /// <param name="checks">The checks.</param>
    /// <param name="reclassify">What an embedder makes of a finding's severity; null to leave it.</param>
    /// <param name="dispatcher">Begins checks that are not the library's own.</param>
    /// <param name="pair">The nodes.</param>
    /// <param name="survey">What they said.</param>
    /// <param name="cancellationToken">The time is over; what has not looked by then could not.</param>
    public static async Task<PreflightReport> RunAsync(
        IReadOnlyList<IPreflightCheck> checks,
        Func<PreflightFinding, PreflightSeverity>? reclassify,
        Action<Action> dispatcher,
        ValidatorPair pair,
        PairSurvey survey,
        CancellationToken cancellationToken)
    {
        var findings = await Task.WhenAll(checks.Select(check => LookAsync(check, dispatcher, pair, survey, cancellationToken))).ConfigureAwait(false);
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
        IPreflightCheck check, Action<Action> dispatcher, ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken)
    {
        try
        {
            return await StartAsync(check, dispatcher, pair, survey, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
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
        IPreflightCheck check, Action<Action> dispatcher, ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) =>
        check.GetType().Assembly == typeof(PreflightRun).Assembly
            ? check.CheckAsync(pair, survey, cancellationToken)
            : DispatchAsync(check, dispatcher, pair, survey, cancellationToken);

    private static async Task<IReadOnlyList<PreflightFinding>> DispatchAsync(
        IPreflightCheck check, Action<Action> dispatcher, ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken)
    {
        var begun = new TaskCompletionSource<Task<IReadOnlyList<PreflightFinding>>>();
        dispatcher(() =>
        {
            try
            {
                begun.TrySetResult(check.CheckAsync(pair, survey, cancellationToken));
            }
            catch (Exception exception)
            {
                begun.TrySetException(exception);
            }
        });
        return await (await begun.Task.ConfigureAwait(false)).ConfigureAwait(false);
    }
}
