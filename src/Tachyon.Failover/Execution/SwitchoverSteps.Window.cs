using Tachyon.Failover.Schedule;
using Tachyon.Failover.Timing;

namespace Tachyon.Failover.Execution;

/// <summary>The restart window: found before the arming, and checked again after it.</summary>
internal sealed partial class SwitchoverSteps
{
    private OpenRestartWindow? _window;
    private long? _firstWait;
    private Moment _windowFound;

    /// <summary>Whether there will be a window at all. Only the leader schedule can answer that. Any other source is asked when its time comes.</summary>
    private async Task<CallResult> LookForWindowAsync(CancellationToken cancellationToken) =>
        options.MinimumIdle is not { } idle ? CallResult.Done()
        : (Pair.Given ?? Pair).Source.RestartWindow is not { } window ? NoWayToWait
        : await RestartWindowOutlook.LookAsync(window, new RestartWindowRequest { MinimumIdle = idle, Limit = options.RestartWindowTimeout }, options.Slot, cancellationToken).ConfigureAwait(false);

    private CallResult NoWayToWait => CallResult.NotDone(
        CallFailure.Refused, $"{Pair.Source.Name} has no way to wait for a restart window; give it a {nameof(ScheduleRestartWindow)}, or set {nameof(FailoverOptions.MinimumIdle)} to null");

    private async Task<CallResult> AwaitRestartWindowAsync(CancellationToken cancellationToken)
    {
        if (options.MinimumIdle is not { } idle)
        {
            return CallResult.Done("not asked for");
        }

        if (Pair.Source.RestartWindow is not { } window)
        {
            return NoWayToWait;
        }

        _firstWait ??= time.GetTimestamp();
        var timedOut = CallResult.NotDone(CallFailure.TimedOut, $"no restart window within {SpanText.Of(options.RestartWindowTimeout)}");
        var left = options.RestartWindowTimeout - time.GetElapsedTime(_firstWait.Value);
        if (left <= TimeSpan.Zero)
        {
            return timedOut;
        }

        using var deadline = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var request = new RestartWindowRequest
        {
            MinimumIdle = idle,
            MaximumDelinquentStake = options.MaximumDelinquentStake,
            Limit = left,
        };
        var found = await window.WaitAsync(request, new NoteSink(line => Note(FailoverStep.AwaitRestartWindow, line)), either.Token).ConfigureAwait(false);
        if (!found.IsDone)
        {
            return cancellationToken.IsCancellationRequested || !deadline.IsCancellationRequested ? found.Call : timedOut;
        }

        (_window, _windowFound) = (found.Value, Moment.Now(time));
        return CallResult.Done(found.Value.ToString());
    }

    /// <summary>
    /// Checks whether enough of the window is left. It does not ask the cluster: the leader slots of an epoch do not change.
    /// </summary>
    private CallResult LookAtWindow()
    {
        if (_window is null || options.IdleAtFence == TimeSpan.Zero)
        {
            return CallResult.Done();
        }

        var left = _window.Idle - _windowFound.Age(time);
        return left >= options.IdleAtFence ? CallResult.Done() : CallResult.NotDone(
            CallFailure.NoRestartWindow,
            $"{(left > TimeSpan.Zero ? SpanText.Of(left) : "nothing")} is left of the restart window, less than the {SpanText.Of(options.IdleAtFence)} that the fence needs");
    }

    private sealed class NoteSink(Action<string> write) : IProgress<string>
    {
        public void Report(string value) => write(value);
    }
}
