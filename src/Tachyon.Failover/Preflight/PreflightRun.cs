namespace Tachyon.Failover.Preflight;

/// <summary>Runs checks side by side, and collects the findings of all.</summary>
internal static class PreflightRun
{
    /// <param name="checks">The checks.</param>
    /// <param name="reclassify">The embedder's change of a finding's severity; null for none.</param>
    /// <param name="dispatcher">Starts checks that are not the library's own.</param>
    /// <param name="pair">The nodes.</param>
    /// <param name="survey">The answers of the nodes.</param>
    /// <param name="cancellationToken">Ends the preflight. Checks that have not ended count as inconclusive.</param>
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
            // An exception of the embedder must not lower a severity.
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

    // An embedder's check runs on another thread: if it blocks before its first await, it would delay the others and the deadline. The
    // library's own checks never block and need no thread. The simulated cluster relies on that.
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
