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
            State = State with { Owed = await _lostIn.GetPendingDemotionsAsync(stopping) };
            _knowsDemotions = true;
            TellOfDemotions(State.Owed);
        }
        catch (IOException exception)
        {
            _knowsDemotions = false;
            logger.DemotionFailed(_lostIn.Source, exception.Message);
        }
    }

    private async Task SettleAsync(CancellationToken stopping)
    {
        State = State with { CompletionTriedAt = Now };
        try
        {
            var result = await _lostIn.CompleteDemotionAsync(stopping);

            // A reading that failed tells nothing of what is pending.
            var owed = result.PendingDemotions.Count > 0 || result.Outcome is RecoveryOutcome.Recovered or RecoveryOutcome.NothingToDo ? result.PendingDemotions : State.Owed;
            State = State with { Owed = owed, CompletionTriedAt = Now };
            TellOfDemotions(owed);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            logger.DemotionFailed(_lostIn.Source, exception.Message);
            State = State with { CompletionTriedAt = Now };
        }
    }

    private void TellOfDemotions(IReadOnlyList<FailoverNote> owed)
    {
        var topic = CodesOf(owed);
        if (topic == _toldOfDemotions)
        {
            return;
        }

        // Do not report the completion of a demotion that was never pending.
        var isNews = _toldOfDemotions is not null || owed.Count > 0;
        _toldOfDemotions = topic;
        if (!isNews)
        {
            return;
        }

        if (owed.Count == 0)
        {
            logger.DemotionCompleted(_lostIn.Source);
        }
        else
        {
            logger.DemotionPending(_lostIn.Source, string.Join("; ", owed));
        }

        events.Tell(EventOf(owed.Count == 0 ? EventNames.DemotionCompleted : EventNames.DemotionPending) with { Source = _lostIn.Source, Target = _lostIn.Target, Details = [.. owed.Select(static note => note.Text)], IsUrgent = owed.Count > 0 });
    }
}
