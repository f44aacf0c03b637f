using Tachyon.Failover.Watchdog.Events;

namespace Tachyon.Failover.Watchdog.Watching;

/// <summary>What the watcher does about what a takeover has left to be done.</summary>
internal sealed partial class Watcher
{
    private string? _toldOfDebt;
    private bool _knowsDebt;
    private TimeSpan? _readDebtAt;

    /// <summary>Whoever took over, this program or another, before it was started: what the journal says is owed is paid, and told by one that is disarmed as well.</summary>
    private async Task ReadDebtAsync(CancellationToken stopping)
    {
        // One that pays knows what is left; for one that is disarmed somebody else may have paid.
        if (_knowsDebt && (State.MayTouch || Now - _readDebtAt < settings.RetryPause))
        {
            return;
        }

        _readDebtAt = Now;
        try
        {
            State = State with { Owed = await _debtor.ReadDebtAsync(stopping) };
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
            var result = await _debtor.SettleDebtAsync(stopping);

            // One that could not look says nothing of the debt.
            var owed = result.Owed.Count > 0 || result.Outcome == RecoveryOutcome.Recovered ? result.Owed : State.Owed;
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

    private void TellOfDebt(IReadOnlyList<string> owed)
    {
        var topic = Figures().Replace(string.Join('|', owed), "#");
        if (topic == _toldOfDebt)
        {
            return;
        }

        // What was never owed need not be said to be settled.
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

        events.Tell(EventOf(owed.Count == 0 ? EventNames.DebtSettled : EventNames.DebtLeft) with { Source = _debtor.Source, Target = _debtor.Target, Details = owed, IsUrgent = owed.Count > 0 });
    }
}
