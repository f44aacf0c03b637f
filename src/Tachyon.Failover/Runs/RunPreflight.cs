using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.Runs;

/// <summary>
/// Checks whether a run could begin. Every caller asks here, a run itself included: all reasons to refuse are findings of one list.
/// </summary>
internal static class RunPreflight
{
    /// <summary>Reads the nodes, the cluster and the journal, and checks them. A takeover leaves out only what is about the source, because it cannot count on it.</summary>
    public static async Task<CallResult> ProbeAsync(RunContext run, SurveyScope scope, CancellationToken cancellationToken)
    {
        var (options, time, pair) = (run.Options, run.Time, run.Pair);
        var reading = ReadJournalAsync(run, cancellationToken);

        // The target gets its voters when it is prepared, and may have been demoted just now. The wait for its replay has its own time limit.
        var replaying = scope.AtReplay ? ReplayWatch.AwaitAsync(pair.Target, since: null, options.Slot, time, cancellationToken) : null;
        var window = scope.AtWindow ? RunWindow.FindAsync(run, cancellationToken) : null;
        var leads = scope.AtWindow ? RunWindow.LeadsSoonAsync(run, cancellationToken) : null;
        using var deadline = new CancellationTokenSource(options.PreflightTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var survey = run.Survey = scope.OfTargetAlone
            ? await PairSurvey.OfTargetAsync(pair, time, either.Token).ConfigureAwait(false)
            : await PairSurvey.TakeAsync(pair, time, either.Token).ConfigureAwait(false);
        var checks = await PreflightRun.RunAsync(options.Preflight, options.Reclassify, time, pair.Given ?? pair, survey, either.Token).ConfigureAwait(false);
        var misread = Misread(pair, survey, scope.OfTargetAlone).ToList();
        var journal = (await reading.ConfigureAwait(false)).Meeting(survey.Source, survey.Target);
        var reasons = RunReasons.Of(
            pair,
            checks,
            journal.Failure,
            scope.OfTargetAlone && !options.Journal.OutlivesProcess,
            PendingOnTarget(run, survey, journal, scope),
            replaying is null ? null : await replaying.ConfigureAwait(false),
            window is null ? null : await window.ConfigureAwait(false),
            leads is null || run.TargetLeadsAtOnce ? null : await leads.ConfigureAwait(false));
        var codes = (string[])[.. checks.Checks, .. RunReasons.CodesOf(scope)];
        var report = new PreflightReport(codes, [.. checks.Findings, .. reasons, .. RunReasons.OfMisread(misread, checks)]);
        var clients = survey.ClientRefusals(pair);
        run.Preflight = clients.Count > 0 ? new PreflightReport(codes, RunReasons.OfClients(clients)) : scope.OfTargetAlone ? report.Without(pair.Source.Name) : report;
        if (cancellationToken.IsCancellationRequested)
        {
            return CallResult.NotDone(CallFailure.Canceled, "the caller canceled during the preflight");
        }

        run.VoteAccount = survey.VoteAccount.Value ?? run.VoteAccount;

        return SaidBy(run.Preflight, clients.Count > 0 ? [] : misread);
    }

    /// <summary>Reads the journal, for the nodes as they were last probed.</summary>
    public static async Task<JournalReading> ReadJournalAsync(RunContext run, CancellationToken cancellationToken) =>
        run.Journal = (await JournalReading.ReadAsync(run.Options, run.Given, run.RunId, run.Time, cancellationToken).ConfigureAwait(false)).Meeting(run.Survey?.Source, run.Survey?.Target);

    /// <summary>Writes the beginning and the end of a dry run into the journal. A switchover refuses to run with a journal that cannot be written.</summary>
    public static async Task<CallResult> TryJournalAsync(RunContext run, CancellationToken cancellationToken)
    {
        if (await RunJournal.TryAsync(run.Options, run.Given, run.RunId, run.Time).ConfigureAwait(false) is { } failure)
        {
            run.Preflight = new PreflightReport(run.Preflight.Checks, [.. run.Preflight.Findings, RunReasons.UnwrittenJournal(failure.Message)]);
            return SaidBy(run.Preflight, []);
        }

        return (await JournalReading.ReadAsync(run.Options, run.Given, run.RunId, run.Time, cancellationToken).ConfigureAwait(false)).RefusalOf(run.RunId) ?? CallResult.Done();
    }

    /// <summary>A key, a link or a role that a step relies on and that was read with another value.</summary>
    private static IEnumerable<(string Node, string Why)> Misread(ValidatorPair pair, PairSurvey survey, bool ofTargetAlone)
    {
        var (source, target) = (survey.Source, survey.Target);
        if (!ofTargetAlone && source.Reading().RefusalAsSource(pair.StakedIdentity) is { } whyNotSource)
        {
            yield return (source.Name, whyNotSource);
        }

        if (target.Reading().RefusalAsTarget(pair.StakedIdentity) is { } whyNotTarget)
        {
            yield return (target.Name, whyNotTarget);
        }
    }

    /// <summary>
    /// The takeover that left a pending demotion on the target; null if there is none. A takeover accepts a target that is already an inactive node: its promotion ends the pending demotion.
    /// A target in any other state is refused.
    /// </summary>
    private static RunId? PendingOnTarget(RunContext run, PairSurvey survey, JournalReading journal, SurveyScope scope) =>
        scope.OfTargetAlone && IsInactive(survey.Target, run.Pair.StakedIdentity) ? null : journal.DemotionPendingBy(run.Pair.Target);

    /// <summary>Whether a node was seen as an inactive one. Its tower is moved aside separately.</summary>
    private static bool IsInactive(NodeSurvey node, Pubkey stakedIdentity) =>
        node.ContactInfo.Value is { } info && !info.Identity.Equals(stakedIdentity) && node.Link.Value?.Identity == IdentityRole.Unstaked;

    /// <param name="report">The findings.</param>
    /// <param name="misread">What a step relies on and was read otherwise, by node. It is reported in full.</param>
    private static CallResult SaidBy(PreflightReport report, IReadOnlyList<(string Node, string Why)> misread) =>
        report.IsClear ? CallResult.Done() : CallResult.NotDone(CallFailure.Refused, PreflightTable.Summary(report, misread));
}
