using Tachyon.Failover.Daemon.Events;

namespace Tachyon.Failover.Daemon.Monitoring;

/// <summary>Completes the demotions that a takeover has left pending.</summary>
internal sealed partial class DaemonLoop
{
    private string? _toldOfDemotions;
    private bool _knowsDemotions;
    private TimeSpan? _readDemotionsAt;

    /// <summary>After a start, completes the demotions that are pending by the journal, no matter which program took over. A disabled daemon reports them as well.</summary>
    private async Task GetPendingDemotionsAsync(CancellationToken stopping)
    {
        // A daemon that completes demotions knows what is pending. For a disabled daemon, another program may have completed them.
        if (_knowsDemotions && (State.MayTouch || Now - _readDemotionsAt < settings.RetryDelay))
        {
            return;
        }

        _readDemotionsAt = Now;
        try
        {
            State = State with { PendingDemotions = await _pairToComplete.GetPendingDemotionsAsync(stopping) };
            _knowsDemotions = true;
            TellOfDemotions(State.PendingDemotions);
        }
        catch (IOException exception)
        {
            _knowsDemotions = false;
            logger.DemotionFailed(_pairToComplete.Source, exception.Message);
        }
    }

    private async Task SettleAsync(CancellationToken stopping)
    {
        State = State with { CompletionTriedAt = Now };
        try
        {
            var result = await _pairToComplete.CompleteDemotionAsync(stopping);

            // A reading that failed tells nothing of what is pending.
            var pending = result.PendingDemotions.Count > 0 || result.Outcome is RecoveryOutcome.Recovered or RecoveryOutcome.NothingToDo ? result.PendingDemotions : State.PendingDemotions;
            State = State with { PendingDemotions = pending, CompletionTriedAt = Now };
            TellOfDemotions(pending);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            logger.DemotionFailed(_pairToComplete.Source, exception.Message);
            State = State with { CompletionTriedAt = Now };
        }
    }

    private void TellOfDemotions(IReadOnlyList<FailoverNote> pending)
    {
        var topic = CodesOf(pending);
        if (topic == _toldOfDemotions)
        {
            return;
        }

        // Do not report the completion of a demotion that was never pending.
        var isNews = _toldOfDemotions is not null || pending.Count > 0;
        _toldOfDemotions = topic;
        if (!isNews)
        {
            return;
        }

        if (pending.Count == 0)
        {
            logger.DemotionCompleted(_pairToComplete.Source);
        }
        else
        {
            logger.DemotionPending(_pairToComplete.Source, string.Join("; ", pending));
        }

        events.Tell(EventOf(pending.Count == 0 ? EventNames.DemotionCompleted : EventNames.DemotionPending) with { Source = _pairToComplete.Source, Target = _pairToComplete.Target, Details = [.. pending.Select(static note => note.Text)], IsUrgent = pending.Count > 0 });
    }
}
