using Tachyon.Failover.Cluster;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.RestartWindows;

/// <summary>One wait for a restart window: reads, decides, pauses.</summary>
internal sealed class RestartWindowWatch
{
    private const int FailuresTaken = 3;
    private static readonly TimeSpan MeasuringPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NoteInterval = TimeSpan.FromMinutes(1);

    private readonly IClusterRpc _cluster;
    private readonly Pubkey _identity;
    private readonly RestartWindowRequest _request;
    private readonly IProgress<string>? _notes;
    private readonly TimeProvider _time;
    private readonly long _begun;
    private readonly SlotPace _pace = new();
    private KnownSchedule? _known;
    private (object? What, TimeSpan At)? _noted;

    /// <param name="cluster">The RPC to ask.</param>
    /// <param name="identity">The identity that must not lead.</param>
    /// <param name="request">The required window.</param>
    /// <param name="notes">Receives what the wait finds; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="last">The last reading of the same RPC; null if there is none. It counts for a minute.</param>
    public RestartWindowWatch(IClusterRpc cluster, Pubkey identity, RestartWindowRequest request, IProgress<string>? notes, TimeProvider time, ScheduleReading? last)
    {
        (_cluster, _identity, _request, _notes, _time, _begun) = (cluster, identity, request, notes, time, time.GetTimestamp());
        if (last is not null && _time.GetElapsedTime(last.At, _begun) is var age && age < SlotPace.Memory)
        {
            _known = last.Known;
            _pace.See(last.Known.Epoch.AbsoluteSlot, -age);
        }
    }

    private TimeSpan Elapsed => _time.GetElapsedTime(_begun);

    public async Task<CallResult<OpenRestartWindow>> RunAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TimeSpan pause;
            try
            {
                _known = await ProbeAsync(cancellationToken).ConfigureAwait(false);
                (var result, pause) = await DecideAsync(_known, cancellationToken).ConfigureAwait(false);
                if (result is not null)
                {
                    return result;
                }

                failures = 0;
            }
            catch (Exception exception)
            {
                // Any exception of an embedder's RPC. The wait may be long, and does not depend on a single reading.
                cancellationToken.ThrowIfCancellationRequested();
                _notes?.Report($"the cluster could not be read: {exception.Message}");
                if (++failures == FailuresTaken)
                {
                    return CallResult.NotDone(FailureOf(exception), $"the cluster could not be read, {FailuresTaken} times in a row: {exception.Message}");
                }

                pause = LongestPause;
            }

            await _time.DelayAsync(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<KnownSchedule> ProbeAsync(CancellationToken cancellationToken)
    {
        var epoch = await _cluster.GetEpochInfoAsync(Commitment.Processed, cancellationToken).ConfigureAwait(false);
        _pace.See(epoch.AbsoluteSlot, Elapsed);

        // An answer may come from a node that is behind. Two epochs are all that can be known.
        return _known is not null && (epoch.AbsoluteSlot < _pace.Newest || (epoch.FirstSlot == _known.Epoch.FirstSlot && _known.HasNextEpoch))
            ? _known
            : new KnownSchedule(epoch, _request.MinimumIdle <= TimeSpan.Zero ? LeaderSlots.Of(epoch, current: null, next: null) : await LeaderSlots.AskAsync(_cluster, _identity, epoch, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The result of the wait; null, and a pause, if it continues.</summary>
    private async Task<(CallResult<OpenRestartWindow>? Result, TimeSpan Pause)> DecideAsync(KnownSchedule known, CancellationToken cancellationToken)
    {
        var newest = _pace.Newest ?? known.Epoch.AbsoluteSlot;
        if (_request.MinimumIdle <= TimeSpan.Zero)
        {
            Note("no window", () => [$"slot {newest} of epoch {known.Epoch.Epoch}; no window is requested"]);
            return (await OpenAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false), LongestPause);
        }

        // By the least length that a slot can have, a long window is open at once. Only a short one needs the close bound.
        // A bound that is not close may be too high: one answer may have come from a node that lags.
        if (_pace.Slot is { } bound)
        {
            var slot = _pace.IsClose || bound < _request.Slot / 2 ? bound : _request.Slot / 2;
            var forecast = new RestartWindowForecast(known, newest + 1, slot, _request.MinimumIdle, _time.GetUtcNow());
            if (forecast.IdleNow is { } idle)
            {
                return (await OpenAsync(idle, cancellationToken).ConfigureAwait(false), LongestPause);
            }

            if (_pace.IsClose)
            {
                Note((known.Leader.EndSlot, forecast.Next?.FirstSlot), forecast.Lines);
                return (forecast.WhyNotWithin(_request.Limit - Elapsed) is { } reason ? CallResult.NotDone(CallFailure.NoRestartWindow, reason) : (CallResult<OpenRestartWindow>?)null, Pause(forecast.UntilNext, slot));
            }
        }

        Note("measuring", () => [$"slot {newest} of epoch {known.Epoch.Epoch}; measuring how long a slot takes"]);
        return (null, MeasuringPause);
    }

    private async Task<CallResult<OpenRestartWindow>?> OpenAsync(TimeSpan idle, CancellationToken cancellationToken)
    {
        if (await IsStakeDelinquentAsync(cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        return new OpenRestartWindow { Idle = idle };
    }

    private async Task<bool> IsStakeDelinquentAsync(CancellationToken cancellationToken)
    {
        if (_request.MaximumDelinquentStake >= 1)
        {
            return false;
        }

        var accounts = await _cluster.GetVoteAccountsAsync(Commitment.Processed, voteAccount: null, cancellationToken).ConfigureAwait(false);
        var all = accounts.Sum(account => (double)account.ActivatedStake);
        var delinquent = all > 0 ? accounts.Where(account => account.IsDelinquent).Sum(account => (double)account.ActivatedStake) / all : 1;
        if (delinquent <= _request.MaximumDelinquentStake)
        {
            return false;
        }

        Note("delinquent", () => [FormattableString.Invariant($"{delinquent:P1} of the cluster's stake is delinquent, more than {_request.MaximumDelinquentStake:P1}: not a time to restart")]);
        return true;
    }

    private static TimeSpan Pause(TimeSpan? until, TimeSpan slot)
    {
        var opens = until ?? LongestPause;
        return opens < slot ? slot : opens < LongestPause ? opens : LongestPause;
    }

    /// <summary>Reports the progress of the wait: when it changes, and once a minute.</summary>
    private void Note(object what, Func<IEnumerable<string>> lines)
    {
        if (_notes is null || (_noted is { } noted && what.Equals(noted.What) && Elapsed - noted.At < NoteInterval))
        {
            return;
        }

        _noted = (what, Elapsed);
        foreach (var line in lines())
        {
            _notes.Report(line);
        }
    }

    private static CallFailure FailureOf(Exception exception) => (exception as ClusterRpcException)?.Failure switch
    {
        ClusterRpcFailure.Unreachable => CallFailure.Unreachable,
        ClusterRpcFailure.TimedOut => CallFailure.TimedOut,
        ClusterRpcFailure.Refused or ClusterRpcFailure.HttpError => CallFailure.Refused,
        _ => CallFailure.Unrecognized,
    };
}
