using Tachyon.Failover.Decisions;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.Runs;

/// <summary>
/// What stops a run besides the checks, as findings of the same list: journal, pending demotion, replay, restart window, keys and links.
/// They apply with any set of checks, and an embedder cannot reclassify them. Pure.
/// </summary>
internal static class RunReasons
{
    public const string JournalCode = "TF124";
    public const string PendingDemotionCode = "TF125";
    public const string ReplayCode = "TF126";
    public const string WindowCode = "TF127";
    public const string MisreadCode = "TF128";
    public const string ClientCode = "TF129";
    public const string LeaderSlotsCode = "TF131";

    /// <param name="pair">The nodes.</param>
    /// <param name="checks">The findings of the checks.</param>
    /// <param name="whyUnread">Why the journal could not be read; null if it was.</param>
    /// <param name="forgets">Whether the run is a takeover and the journal ends with the process.</param>
    /// <param name="pendingBy">The takeover that left a pending demotion on the target; null if there is none.</param>
    /// <param name="replay">Whether the target was seen to replay; null if that was not checked.</param>
    /// <param name="window">Whether a restart window may open in time; null if that was not checked.</param>
    /// <param name="leadsAt">A leader slot that the target would skip after its promotion; null if there is none or it is unknown.</param>
    public static IEnumerable<PreflightFinding> Of(ValidatorPair pair, PreflightReport checks, string? whyUnread, bool forgets, RunId? pendingBy, CallResult? replay, CallResult? window, ulong? leadsAt)
    {
        if (whyUnread is not null)
        {
            yield return UnreadJournal(whyUnread);
        }

        if (forgets)
        {
            yield return Blocker(
                JournalCode,
                node: null,
                $"the journal ends with this process, and a takeover leaves a pending demotion on {pair.Source.Name} that must not be forgotten; give {nameof(FailoverOptions)}.{nameof(FailoverOptions.Journal)} a {nameof(FileFailoverJournal)}",
                "a journal that outlives the process",
                $"give {nameof(FailoverOptions)}.{nameof(FailoverOptions.Journal)} a {nameof(FileFailoverJournal)}");
        }

        if (pendingBy is not null)
        {
            yield return Blocker(
                PendingDemotionCode,
                pair.Target.Name,
                $"the takeover {pendingBy} took the identity from {pair.Target.Name}, or from a node that may be it under another name, and no run has seen {pair.Target.Name} as an inactive node since",
                "a target without a pending demotion",
                "CompleteDemotionAsync of the coordinator makes it one");
        }

        // A node that is unreachable or starting does not replay either, and the checks say why.
        if (replay is { IsDone: false } && !IsHeldBack(pair.Target.Name, checks))
        {
            yield return Blocker(ReplayCode, pair.Target.Name, replay.Detail ?? replay.ToString(), "a target that replays blocks", $"find out why {pair.Target.Name} is cut off from the cluster, or wait until it has caught up");
        }

        if (window is { IsDone: false })
        {
            var closed = Blocker(
                WindowCode,
                pair.Source.Name,
                window.Detail ?? window.ToString(),
                "a restart window that opens in time",
                $"make {nameof(FailoverOptions.MinimumIdle)} shorter, or null for no window");
            yield return closed.With(it => it.IsInconclusive = window.Failure is not (CallFailure.NoRestartWindow or CallFailure.Refused));
        }

        if (leadsAt is { } slot)
        {
            yield return new PreflightFinding
            {
                Code = LeaderSlotsCode,
                Severity = PreflightSeverity.Warning,
                Node = pair.Target.Name,
                Seen = $"the identity leads at slot {slot}, soon after a promotion now: the blocks of that turn are lost, because a validator that has taken an identity skips its leader slots until a vote of its own is rooted",
                Expected = $"no leader slot of the identity in the {LeaderSlotRule.Rest} slots after the promotion",
                Remedy = $"let the switchover wait for a window ({nameof(FailoverOptions.MinimumIdle)}), or start the target with --no-wait-for-vote-to-start-leader",
            };
        }
    }

    /// <summary>
    /// What was read of a node and contradicts what a step relies on. The checks report the same, each its own part. This reports only what no blocker of theirs covers,
    /// because an embedder left checks out or lowered their severity.
    /// </summary>
    public static IEnumerable<PreflightFinding> OfMisread(IEnumerable<(string Node, string Why)> misread, PreflightReport checks) =>
        from one in misread
        where !IsHeldBack(one.Node, checks) && !checks.Findings.Any(static finding => finding is { Code: RolesCheck.ItsCode, Severity: PreflightSeverity.Blocker })
        select new PreflightFinding { Code = MisreadCode, Severity = PreflightSeverity.Blocker, Node = one.Node, Seen = one.Why.TrimEnd('.'), Expected = "keys, link and role as in the settings and the direction" };

    private static bool IsHeldBack(string node, PreflightReport checks) =>
        checks.Findings.Any(finding => finding.Severity == PreflightSeverity.Blocker && (finding.Node is null || finding.Node == node));

    /// <summary>A client or a consensus that the library does not command safely. What the checks found is left out then: they judge another kind of validator.</summary>
    public static IEnumerable<PreflightFinding> OfClients(IEnumerable<ClientRefusal> refusals) =>
        from refusal in refusals
        select Blocker(ClientCode, refusal.Node, refusal.Seen, refusal.Expected, refusal.WayOut).With(it => it.IsInconclusive = refusal.IsInconclusive);

    /// <summary>A dry run could not write to the journal.</summary>
    public static PreflightFinding UnwrittenJournal(string why) => Blocker(JournalCode, node: null, $"the journal could not be written: {why}", "a journal that keeps what is written", "check that its folder exists, has room, and can be written by this user");

    private static PreflightFinding UnreadJournal(string why)
    {
        var seen = $"the journal could not be read, so it is unknown which demotions are pending and what another run is doing: {why}";
        return Blocker(JournalCode, node: null, seen, "a journal that can be read", "check that it exists, is whole, and can be read by this user").With(static it => it.IsInconclusive = true);
    }

    private static PreflightFinding Blocker(string code, string? node, string seen, string expected, string remedy) =>
        new() { Code = code, Severity = PreflightSeverity.Blocker, Node = node, Seen = seen, Expected = expected, Remedy = remedy };

    /// <summary>The codes of the findings that the probe can have.</summary>
    public static IEnumerable<string> CodesOf(SurveyScope scope) =>
        [JournalCode, PendingDemotionCode, MisreadCode, ClientCode, .. scope.AtReplay ? [ReplayCode] : (string[])[], .. scope.AtWindow ? [WindowCode, LeaderSlotsCode] : (string[])[]];
}
