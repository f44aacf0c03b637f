namespace Tachyon.Failover.Preflight;

/// <summary>The checks of this library.</summary>
public static class PreflightChecks
{
    /// <summary>The checks that a switchover cannot do without. Add to them with a collection expression: <c>[.. PreflightChecks.Default, mine]</c>.</summary>
    public static IReadOnlyList<IPreflightCheck> Default { get; } =
    [
        new ReachableCheck(),
        new RolesCheck(),
        new KeypairsCheck(),
        new IdentityLinkCheck(),
        new TowerCheck(),
        new VoteAccountCheck(),
    ];

    internal static PreflightReport OutOfTime(TimeSpan limit) => new(
    [
        new PreflightFinding
        {
            Code = "TF100",
            Severity = PreflightSeverity.Blocker,
            Message = $"The nodes did not answer within the {limit.TotalSeconds:0} s of the preflight.",
            Remedy = "See that both can be reached, or allow more time.",
        },
    ]);

    internal static async Task<PreflightReport> RunAsync(
        IReadOnlyList<IPreflightCheck> checks,
        ValidatorPair pair,
        PairSurvey survey,
        TimeSpan limit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var findings = await Task.WhenAll(checks.Select(check => LookAsync(check, pair, survey, either.Token))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return new PreflightReport(findings.SelectMany(found => found));
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
            var reason = exception is OperationCanceledException ? "the time for the preflight was over" : exception.Message;
            return
            [
                new PreflightFinding
                {
                    Code = check.Code,
                    Severity = PreflightSeverity.Blocker,
                    Message = $"The check {check.GetType().Name} could not look: {reason}.",
                },
            ];
        }
    }

    // A check of an embedder does not run on this thread: one that blocks before its first await would keep the others, and the deadline, waiting. The
    // library's own never block, and a run of them alone takes no thread: the simulated cluster lives by that.
    private static Task<IReadOnlyList<PreflightFinding>> StartAsync(
        IPreflightCheck check, ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) =>
        check.GetType().Assembly == typeof(PreflightChecks).Assembly
            ? check.CheckAsync(pair, survey, cancellationToken)
            : Task.Run(() => check.CheckAsync(pair, survey, cancellationToken), cancellationToken);
}
