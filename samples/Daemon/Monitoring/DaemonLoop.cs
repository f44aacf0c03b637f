using Tachyon.Failover.Pairs;
using Tachyon.Failover.Daemon.Events;
using Tachyon.Failover.Daemon.Hooks;

namespace Tachyon.Failover.Daemon.Monitoring;

/// <summary>
/// Acts on the verdicts of a monitor: takes over if it is enabled, and then completes what is pending. It has no loop and no timer of its own: it decides at each verdict.
/// </summary>
internal sealed partial class DaemonLoop(
    DaemonSettings settings, TakeoverMark mark, IMaintenancePause pause, LeaseKeeper lease, RunHook hooks, IEventSink events, DaemonStatus status, DaemonMetrics metrics, TimeProvider time, ILogger<DaemonLoop> logger)
{
    private const string Broken = "Broken";
    private const string Held = "Held";

    private readonly long _begun = time.GetTimestamp();
    private IMonitoredPair _pair = null!;
    private IMonitoredPair _pairToComplete = null!;
    private readonly HashSet<string> _toldOfLoss = new(StringComparer.Ordinal);
    private string? _told;
    private string? _toldOfTakeover;
    private string? _pause;

    /// <summary>All facts for the next decision.</summary>
    public DaemonState State { get; private set; } = new() { Disabled = "it was not told to (--enable)" };

    /// <summary>Whether a takeover has reversed the pair since <see cref="Watch"/>.</summary>
    public bool HasTurned { get; private set; }

    private TimeSpan Now => time.GetElapsedTime(_begun);

    /// <summary>Enables the daemon, unless an earlier takeover forbids it. Then it only completes what that takeover has left.</summary>
    /// <exception cref="IOException">The mark of an earlier takeover cannot be read.</exception>
    public void Enable()
    {
        State = State with { MayTouch = true, Disabled = null };
        if (mark.Read() is { } words)
        {
            State = State with { Disabled = $"{words}. The operator enables it again with tachyon-failoverd reenable" };
        }
    }

    /// <summary>Continues with a pair, in its present direction.</summary>
    /// <param name="pair">The active node is the source.</param>
    /// <param name="turned">The other direction: that of an earlier takeover that may have left a pending demotion.</param>
    public void Watch(IMonitoredPair pair, IMonitoredPair turned)
    {
        (_pair, _pairToComplete, HasTurned, _told) = (pair, turned, false, null);
        logger.WatchBegun(pair.Source, pair.Target, State.Disabled is null ? "Enabled" : $"Disabled: {State.Disabled}");
        Show();
    }

    /// <summary>Decides, and acts. Returns when the action is done.</summary>
    public async Task SeeAsync(MonitorVerdict verdict, CancellationToken stopping)
    {
        State = State with { Verdict = verdict, HoldsLease = State.Disabled is null && await lease.KeepAsync(stopping) };
        if (verdict.State == MonitorState.Healthy)
        {
            // Count the next loss anew.
            (State, _toldOfTakeover) = (State with { TriedAt = null, Held = null }, null);
        }

        if (verdict.State != MonitorState.Lost)
        {
            await GetPendingDemotionsAsync(stopping);
        }

        _pause = await ReadPauseAsync(stopping);

        var decision = State.Decide(Now, settings.RetryDelay);
        TellOf(decision);
        Show(decision.Words);
        if (decision.Act == DaemonAct.Nothing)
        {
            return;
        }

        status.Set(now => now with { IsBusy = true });
        try
        {
            await (decision.Act == DaemonAct.TakeOver ? TakeOverAsync(decision.Words, stopping) : SettleAsync(stopping));
        }
        finally
        {
            status.Probed(time);
            status.Set(now => now with { IsBusy = false });
            Show(decision.Words);
        }
    }

    private async Task TakeOverAsync(string reason, CancellationToken stopping)
    {
        try
        {
            mark.Write(FormattableString.Invariant($"It began to take over from {_pair.Source} to {_pair.Target} at {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Hold($"{mark.Path} cannot be written: {exception.Message}");
            return;
        }

        var before = EventOf(EventNames.BeforeTakeover) with { Reason = reason, IsUrgent = true };
        if (State.TriedAt is null)
        {
            events.Tell(before);
        }

        // Hooks take time, in which the lease would run out.
        if (await lease.WhileHeldAsync(held => MoveBehindHooksAsync(before, held, stopping), stopping) is not { } after)
        {
            mark.Remove();
            return;
        }

        if (State.Disabled is not null)
        {
            await lease.ReleaseAsync();
        }

        if (await RunHooksAsync(isBefore: false, after) is { } must && after.Outcome == nameof(FailoverOutcome.Completed))
        {
            NeedAPerson($"hook {must} must succeed, and did not");
        }
    }

    /// <returns>How the takeover ended; null if it did not begin.</returns>
    private async Task<DaemonEvent?> MoveBehindHooksAsync(DaemonEvent before, CancellationToken held, CancellationToken stopping)
    {
        var whyNot = await RunHooksAsync(isBefore: true, before) is { } failed ? $"hook {failed} must succeed"
            : stopping.IsCancellationRequested ? "it is asked to end"
            : held.IsCancellationRequested || !lease.IsHeld ? "the lease was lost"
            : _pair.Verdict.State != MonitorState.Lost ? $"{_pair.Source} is not lost any more: {_pair.Verdict.Reason}"
            : null;
        if (whyNot is not null)
        {
            Hold(whyNot);
            return null;
        }

        return await MoveAsync(held);
    }

    /// <summary>Runs the takeover, and draws the conclusions from its result.</summary>
    private async Task<DaemonEvent> MoveAsync(CancellationToken cancellationToken)
    {
        FailoverResult result;
        try
        {
            result = await _pair.TakeOverAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // The result is unknown. Keep the mark.
            logger.TakeoverBroke(exception, exception.Message);
            metrics.TakeoverEnded(Broken);
            NeedAPerson($"the takeover broke off: {exception.Message}. Check with: tachyon-failover diagnose");
            var broken = EventOf(EventNames.AfterTakeover) with { Outcome = Broken, Reason = exception.Message, IsUrgent = true };
            events.Tell(broken);
            return broken;
        }

        metrics.TakeoverEnded(result.Outcome.ToString());
        var isNews = TellOf(result);
        switch (result.Outcome)
        {
            case FailoverOutcome.Completed:
                var words = FormattableString.Invariant($"It took over from {_pair.Source} to {_pair.Target} at {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC");
                MarkCompleted(words);
                (HasTurned, _pairToComplete, _knowsDemotions, _readDemotionsAt) = (true, _pair, true, Now);
                State = State with { Disabled = $"{words}. The operator enables it again with tachyon-failoverd reenable", PendingDemotions = result.PendingDemotions, TriedAt = null, Held = null, CompletionTriedAt = null };
                TellOfDemotions(result.PendingDemotions);
                break;
            case FailoverOutcome.Indeterminate:
                NeedAPerson($"the takeover from {_pair.Source} to {_pair.Target} is indeterminate: {result.Reason} Check with: tachyon-failover diagnose");
                break;
            default:
                mark.Remove();
                State = State with { TriedAt = Now, Held = $"the newest takeover ended {result.Outcome}: {result.Reason}" };
                break;
        }

        var after = EventOf(EventNames.AfterTakeover) with
        {
            Outcome = result.Outcome.ToString(),
            Evidence = result.Evidence?.Grade.ToString(),
            Reason = result.Reason,
            Details = IsForWantOfEvidence(result) ? [.. result.Evidence?.Missing.Select(static note => note.Text) ?? []] : [],
            IsUrgent = true,
        };
        if (isNews)
        {
            events.Tell(after);
        }

        return after;
    }

    private void MarkCompleted(string words)
    {
        try
        {
            mark.Write(words);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The mark was written at the beginning, and forbids the next takeover as well.
            logger.TakeoverHeld($"{mark.Path} cannot be written: {exception.Message}");
        }
    }

    /// <summary>A monitor does not read the pause while votes land. The readiness check must know it.</summary>
    private async Task<string?> ReadPauseAsync(CancellationToken stopping)
    {
        try
        {
            return await pause.ReadAsync(stopping) is { } announced && time.GetUtcNow() < announced.Until ? announced.ToString() : null;
        }
        catch (IOException exception)
        {
            return $"whether a pause is announced cannot be read: {exception.Message}";
        }
    }

    /// <summary>The first command that must succeed and fails. The commands after it are not run.</summary>
    private async Task<string?> RunHooksAsync(bool isBefore, DaemonEvent about)
    {
        foreach (var hook in settings.Hooks.Where(hook => hook.IsBefore == isBefore))
        {
            var failure = await hooks(hook, about);
            metrics.HookEnded(failure is null);
            if (failure is null)
            {
                continue;
            }

            events.Tell(EventOf(EventNames.HookFailed) with { Reason = $"{hook.Name}: {failure}", IsUrgent = hook.MustSucceed });
            if (hook.MustSucceed)
            {
                return $"{hook.Name} ({failure})";
            }
        }

        return null;
    }

    private void Hold(string reason)
    {
        State = State with { TriedAt = Now, Held = $"the newest takeover was not begun: {reason}" };
        metrics.TakeoverEnded(Held);
        logger.TakeoverHeld(reason);
    }

    private void NeedAPerson(string words)
    {
        State = State with { NeedsAPerson = words };
        logger.NeedsAPerson(words);
        events.Tell(EventOf(EventNames.NeedsAPerson) with { Reason = words, IsUrgent = true });
        _told = TopicOf(DaemonStanding.NeedsAPerson, words);
        _toldOfLoss.Add(_told);
    }

    /// <summary>Reports each decision once, not every second.</summary>
    private void TellOf(DaemonDecision decision)
    {
        var topic = TopicOf(decision.Standing, decision.Topic);
        if (State.Validator != MonitorState.Lost)
        {
            _toldOfLoss.Clear();
        }

        // While it retries, its state changes back and forth.
        var isNews = State.Validator == MonitorState.Lost ? _toldOfLoss.Add(topic) : topic != _told;
        _told = topic;
        if (!isNews)
        {
            return;
        }

        switch (decision.Standing)
        {
            case DaemonStanding.WouldTakeOver:
                logger.WouldTakeOver(_pair.Source, _pair.Target, decision.Words);
                events.Tell(EventOf(EventNames.WouldTakeOver) with { Reason = decision.Words, IsUrgent = true });
                return;
            case DaemonStanding.TakesOver:
                logger.TakesOver(_pair.Source, _pair.Target, decision.Words);
                return;
            case DaemonStanding.Watches when State.Validator == MonitorState.Healthy:
                logger.Watches(decision.Words);
                break;
            case DaemonStanding.Watches:
                logger.Suspects(decision.Words);
                break;
            default:
                logger.Waits(decision.Standing.ToString(), decision.Words);
                break;
        }

        events.Tell(EventOf(EventNames.Standing) with { State = State.Validator.ToString(), Reason = decision.Words, IsUrgent = State.Validator == MonitorState.Lost });
    }

    /// <summary>Reports a refusal once, if only its figures change.</summary>
    /// <returns>Whether it was reported.</returns>
    private bool TellOf(FailoverResult result)
    {
        var topic = TopicOf(result);
        if (topic == _toldOfTakeover)
        {
            return false;
        }

        _toldOfTakeover = topic;
        logger.TakeoverEnded(result.Outcome.ToString(), $"evidence {result.Evidence?.Grade ?? EvidenceGrade.None}", result.Reason ?? $"the identity is at {result.Target}");
        if (IsForWantOfEvidence(result) && result.Evidence is { Missing.Count: > 0 } evidence)
        {
            logger.Missing(string.Join("; or ", evidence.Missing));
        }

        return true;
    }

    /// <summary>Whether it was refused only because the evidence was not enough: the last step was a successful assessment.</summary>
    private static bool IsForWantOfEvidence(FailoverResult result) =>
        result.Outcome == FailoverOutcome.Refused && result.Steps.LastOrDefault(static step => step.Step != "ReleaseLocks") is { Step: "AssessEvidence", Result.IsDone: true };

    private DaemonEvent EventOf(string name) => new() { Name = name, At = time.GetUtcNow(), Source = _pair.Source, Target = _pair.Target };

    private void Show(string? words = null) => status.Set(now => now with
    {
        Source = _pair.Source,
        Target = _pair.Target,
        Verdict = State.Validator,
        Silence = State.Verdict?.Silence ?? TimeSpan.Zero,
        Words = words ?? now.Words,
        IsEnabled = State.Disabled is null && (State.HoldsLease || lease.IsHeld),
        WhyDisabled = State.Disabled is { } why ? $"it is disabled: {why}" : "another daemon holds the lease, or its holder is unknown",
        NeedsAPerson = State.NeedsAPerson,
        Held = State.Held,
        Pause = _pause,
        PendingDemotions = _knowsDemotions ? State.PendingDemotions.Count : null,
        TowerCopyAge = _pair.TowerCopyAge,
    });

    private static string TopicOf(DaemonStanding standing, string topic) => $"{standing}|{topic}";

    private static string TopicOf(FailoverResult result) =>
        $"{result.Outcome}|{(result.Steps.FirstOrDefault(static step => !step.Result.IsDone) is { } failed ? $"{failed.Step} {failed.Result.Failure}" : "")}|{CodesOf(result.Evidence?.Facts ?? [])}|{CodesOf(result.Evidence?.Missing ?? [])}";

    private static string CodesOf(IEnumerable<FailoverNote> notes) => string.Join(' ', notes.Select(static note => $"{note.Code}@{note.Node}"));
}
