using Tachyon.Failover.Watchdog.Events;

namespace Tachyon.Failover.Watchdog.Watching;

/// <summary>Completes the demotions that a takeover has left pending.</summary>
internal sealed partial class Watcher
{
    private string? _toldOfDebt;
    private bool _knowsDebt;
    private TimeSpan? _readDebtAt;

    /// <summary>After a start, completes the demotions that are pending by the journal, no matter which program took over. A disabled daemon reports them as well.</summary>
    private async Task GetPendingDemotionsAsync(CancellationToken stopping)
    {
        // A daemon that completes demotions knows what is pending. For a disabled daemon, another program may have completed them.
        if (_knowsDebt && (State.MayTouch || Now - _readDebtAt < settings.RetryDelay))
        {
            return;
        }

        _readDebtAt = Now;
        try
        {
            State = State with { Owed = await _debtor.GetPendingDemotionsAsync(stopping) };
            _knowsDebt = true;
            TellOfDebt(State.Owed);
        }
        catch (IOException exception)
        {
            _knowsDebt = false;
            logger.DebtFailed(_debtor.Source, exception.Message);
        }
    }

    private async Task SettleAsync(CancellationToken stopping)
    {
        State = State with { SettledAt = Now };
        try
        {
            var result = await _debtor.CompleteDemotionAsync(stopping);

            // A reading that failed tells nothing of what is pending.
            var owed = result.PendingDemotions.Count > 0 || result.Outcome is RecoveryOutcome.Recovered or RecoveryOutcome.NothingToDo ? result.PendingDemotions : State.Owed;
            State = State with { Owed = owed, SettledAt = Now };
            TellOfDebt(owed);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            logger.DebtFailed(_debtor.Source, exception.Message);
            State = State with { SettledAt = Now };
        }
    }

    private void TellOfDebt(IReadOnlyList<FailoverNote> owed)
    {
        var topic = CodesOf(owed);
        if (topic == _toldOfDebt)
        {
            return;
        }

        // Do not report the completion of a demotion that was never pending.
        var isNews = _toldOfDebt is not null || owed.Count > 0;
        _toldOfDebt = topic;
        if (!isNews)
        {
            return;
        }

        if (owed.Count == 0)
        {
            logger.DebtSettled(_debtor.Source);
        }
        else
        {
            logger.DebtLeft(_debtor.Source, string.Join("; ", owed));
        }

        events.Tell(EventOf(owed.Count == 0 ? EventNames.DebtSettled : EventNames.DebtLeft) with { Source = _debtor.Source, Target = _debtor.Target, Details = [.. owed.Select(static note => note.Text)], IsUrgent = owed.Count > 0 });
    }
}
