using Tachyon.Failover.Decisions;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>The steps before anything is moved.</summary>
internal sealed partial class SwitchoverSteps
{
    /// <summary>
    /// Checks whether a run could begin. Every caller asks here, a run itself included: all reasons to refuse are findings of this list.
    /// A takeover leaves out only what is about the source, because it cannot count on it.
    /// </summary>
    public async Task<CallResult> LookAsync(SurveyScope scope, CancellationToken cancellationToken)
    {
        var reading = ReadJournalAsync(cancellationToken);

        // The target gets its voters when it is armed, and may have been demoted just now. The wait for its replay has its own time limit.
        var replaying = scope.AtReplay ? ReplayWatch.AwaitAsync(Pair.Target, since: null, options.Slot, time, cancellationToken) : null;
        var window = scope.AtWindow ? LookForWindowAsync(cancellationToken) : null;
        using var deadline = new CancellationTokenSource(options.PreflightTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        _survey = scope.OfTargetAlone
            ? await PairSurvey.OfTargetAsync(Pair, time, either.Token).ConfigureAwait(false)
            : await PairSurvey.TakeAsync(Pair, time, either.Token).ConfigureAwait(false);
        var checks = await PreflightRun.RunAsync(options.Preflight, options.Reclassify, time, Pair.Given ?? Pair, _survey, either.Token).ConfigureAwait(false);
        var misread = Misread(scope.OfTargetAlone).ToList();
        var journal = (await reading.ConfigureAwait(false)).Meeting(_survey.Source, _survey.Target);
        var reasons = RunReasons.Of(
            Pair,
            checks,
            journal.Failure,
            scope.OfTargetAlone && !options.Journal.OutlivesProcess,
            OwedByTarget(journal, scope),
            replaying is null ? null : await replaying.ConfigureAwait(false),
            window is null ? null : await window.ConfigureAwait(false));
        var report = new PreflightReport([.. checks.Checks, .. RunReasons.CodesOf(scope)], [.. checks.Findings, .. reasons, .. RunReasons.OfMisread(misread, checks)]);
        Preflight = scope.OfTargetAlone ? report.Without(Pair.Source.Name) : report;
        if (cancellationToken.IsCancellationRequested)
        {
            return CallResult.NotDone(CallFailure.Canceled, "the caller canceled during the preflight");
        }

        _voteAccount = _survey.VoteAccount.Value ?? _voteAccount;

        return SaidBy(Preflight, misread);
    }

    /// <summary>A key, a link or a role that a step relies on and that was read with another value.</summary>
    private IEnumerable<(string Node, string Why)> Misread(bool ofTargetAlone)
    {
        var (source, target) = (_survey!.Source, _survey.Target);
        if (!ofTargetAlone && source.Reading().RefusalAsSource(Pair.StakedIdentity) is { } whyNotSource)
        {
            yield return (source.Name, whyNotSource);
        }

        if (target.Reading().RefusalAsTarget(Pair.StakedIdentity) is { } whyNotTarget)
        {
            yield return (target.Name, whyNotTarget);
        }
    }

    /// <summary>Writes the beginning and the end of a dry run into the journal. A switchover refuses to run with a journal that cannot be written.</summary>
    public async Task<CallResult> TryJournalAsync(CancellationToken cancellationToken)
    {
        if (await RunJournal.TryAsync(options, given, run, time).ConfigureAwait(false) is { } failure)
        {
            Preflight = new PreflightReport(Preflight.Checks, [.. Preflight.Findings, RunReasons.UnwrittenJournal(failure.Message)]);
            return SaidBy(Preflight);
        }

        return (await JournalReading.ReadAsync(options, given, run, time, cancellationToken).ConfigureAwait(false)).RefusalOf(run) ?? CallResult.Done();
    }

    /// <param name="report">The findings.</param>
    /// <param name="misread">What a step relies on and was read otherwise, by node. It is reported in full.</param>
    private static CallResult SaidBy(PreflightReport report, IReadOnlyList<(string Node, string Why)>? misread = null) =>
        report.IsClear ? CallResult.Done() : CallResult.NotDone(CallFailure.Refused, PreflightTable.Summary(report, misread ?? []));

    private Task<StepObservation> ArmAsync(CancellationToken cancellationToken) => OpenLastAsync(PrepareAsync(cancellationToken));

    /// <summary>
    /// Adds the target's voters, as the last action of the arming: everything before it leaves the seals of earlier runs in place.
    /// It cannot be canceled, so that the run knows what it opened and closes it again if the arming fails.
    /// </summary>
    private async Task<StepObservation> OpenLastAsync(Task<CallResult> preparing)
    {
        var ready = await preparing.ConfigureAwait(false);
        if (!ready.IsDone)
        {
            return new StepObservation(FailoverStep.Prepare, ready);
        }

        var voters = await Pair.Target.Host.AddAuthorizedVotersAsync(CancellationToken.None).ConfigureAwait(false);
        return new StepObservation(FailoverStep.Prepare, voters) { OpenedSeal = _journal?.WasLeftSealed(Pair.Target) == true };
    }

    /// <summary>The part of the arming that adds no voters.</summary>
    private async Task<CallResult> PrepareAsync(CancellationToken cancellationToken)
    {
        var locks = await LockAsync(cancellationToken).ConfigureAwait(false);
        if (!locks.IsDone)
        {
            return locks;
        }

        // If a window closes, the run waits for the next one and arms again.
        _sourceFeed ??= new TowerFeed(Pair.Towers, NodeSide.Source, Pair.StakedIdentity, time);

        // From here on the locks keep other runs away. Earlier changes are in the journal, if it is shared.
        var journal = await ReadJournalAsync(cancellationToken).ConfigureAwait(false);
        if (journal.RefusalOf(run) is { } refusal)
        {
            return refusal;
        }

        // Between the first look and the locks the run waited for a window. Another coordinator may have been at work.
        var looked = await LookAsync(SurveyScope.Switchover.Second, cancellationToken).ConfigureAwait(false);
        if (!looked.IsDone)
        {
            return looked;
        }

        await AwaitClocksAsync(Pair.Target, journal.LastTaken, cancellationToken).ConfigureAwait(false);

        // The source must accept the voters of the settings before they are removed.
        var ready = await AllAsync(Pair.Source.Host.AddAuthorizedVotersAsync(cancellationToken), TryTargetAsync(cancellationToken)).ConfigureAwait(false);
        var window = LookAtWindow();
        if (!ready.IsDone || !window.IsDone)
        {
            return ready.IsDone ? window : ready;
        }

        _targetFeed ??= new TowerFeed(Pair.Towers, NodeSide.Target, Pair.StakedIdentity, time);
        return CallResult.Done();
    }

    /// <summary>
    /// Tests what the target will be asked for. First it sets the identity that the target has. That changes nothing, and shows that no call of an earlier run hangs in its validator
    /// and that the command works within the limit of a promotion. If its answer is lost, the target is not promoted: the call might run after the promotion.
    /// </summary>
    private async Task<CallResult> TryTargetAsync(CancellationToken cancellationToken)
    {
        var answer = await Pair.Target.Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, OrderLimit.Longest, cancellationToken).ConfigureAwait(false);
        if (!answer.IsDone)
        {
            return answer;
        }

        var aside = await SetLeftoverAsideAsync(cancellationToken).ConfigureAwait(false);
        return aside.IsDone ? await TryDeliveryAsync(cancellationToken).ConfigureAwait(false) : aside;
    }

    private async Task<CallResult> SetLeftoverAsideAsync(CancellationToken cancellationToken)
    {
        _leftover = _survey!.Target.Tower.Value is { } leftover ? TowerVerification.Check(leftover, Pair.StakedIdentity).Tower : null;
        var aside = options.Rules.ReplacesLeftoverTower ? await Pair.Towers.MoveAsideAsync(NodeSide.Target, cancellationToken).ConfigureAwait(false) : CallResult.Done();
        if (aside is { IsDone: true, Detail: { } path })
        {
            _notes.Add($"The stale tower on {Pair.Target.Name} is now {path}.");
        }

        return aside;
    }

    /// <summary>
    /// Delivers an older tower once as a trial, and leaves nothing there. This finds a read-only folder before the fence,
    /// and the gap then contains nothing that happens for the first time.
    /// </summary>
    private async Task<CallResult> TryDeliveryAsync(CancellationToken cancellationToken)
    {
        if ((_survey?.Source.Tower.Value ?? takeover?.Watch.Shadow?.Newest) is not { } tower)
        {
            return CallResult.Done();
        }

        var tried = await Pair.Towers.DeliverAsync(tower, trial: true, cancellationToken).ConfigureAwait(false);
        return tried.IsDone ? tried : CallResult.NotDone(tried.Failure, $"a tower cannot be delivered to {Pair.Target.Name}: {tried}");
    }

    public async Task<CallResult> LockAsync(CancellationToken cancellationToken)
    {
        if (!options.Rules.TakesLocks)
        {
            return CallResult.Done();
        }

        // One after the other and always in the same order, so that one of two coordinators gets both.
        var order = string.CompareOrdinal(Pair.Source.Name, Pair.Target.Name) < 0
            ? (ValidatorNode[])[Pair.Source, Pair.Target]
            : [Pair.Target, Pair.Source];
        foreach (var node in order)
        {
            var taken = await TakeLockAsync(node, cancellationToken).ConfigureAwait(false);
            if (!taken.IsDone)
            {
                return taken.Failure == CallFailure.LockHeld
                    ? CallResult.NotDone(CallFailure.LockHeld, $"another coordinator is at work on {node.Name}: {taken.Detail}")
                    : taken;
            }
        }

        return CallResult.Done();
    }

    /// <summary>Takes the lock of a lost node if that is possible. Only another holder stops a takeover.</summary>
    private async Task<CallResult> TakeLockAsync(ValidatorNode node, CancellationToken cancellationToken)
    {
        if (_lost is null || node != Pair.Source)
        {
            return await node.Lock.AcquireAsync(_holder, cancellationToken).ConfigureAwait(false);
        }

        if (!_lost.Reach.ShellAnswers)
        {
            return CallResult.Done();
        }

        var taken = await BoundedCall.RunAsync(_ => node.Lock.AcquireAsync(_holder, CancellationToken.None), Policy.CallTimeout, time).ConfigureAwait(false);
        return taken.Failure == CallFailure.LockHeld ? taken : CallResult.Done();
    }

    /// <summary>Releases the locks. A lock that is not released ends with its connection; the caller gets a note.</summary>
    public async Task<CallResult> LetGoAsync()
    {
        var released = await ReleaseAsync().ConfigureAwait(false);
        if (released.Outcome == CallOutcome.Unknown)
        {
            // The connection may live as long as the process, and keep all others out.
            released = await ReleaseAsync().ConfigureAwait(false);
        }

        if (!released.IsDone)
        {
            _notes.Add($"A lock was not released, and ends with the connection that holds it: {released}.");
        }

        return CallResult.Done();
    }

    public Task<CallResult> ReleaseAsync() => AllAsync(ReleaseSourceAsync(), Pair.Target.Lock.ReleaseAsync(_holder, CancellationToken.None));

    /// <summary>The lock of a lost node ends with its connection.</summary>
    private async Task<CallResult> ReleaseSourceAsync()
    {
        if (_lost is null)
        {
            return await Pair.Source.Lock.ReleaseAsync(_holder, CancellationToken.None).ConfigureAwait(false);
        }

        await BoundedCall.RunAsync(_ => Pair.Source.Lock.ReleaseAsync(_holder, CancellationToken.None), Policy.CallTimeout, time).ConfigureAwait(false);
        return CallResult.Done();
    }
}
