using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>Waits for a window without leader slots of the staked identity.</summary>
internal sealed class AwaitRestartWindowStep(RunContext run) : CallStep(FailoverStep.AwaitRestartWindow)
{
    // All waits of a run share one time limit.
    private long? _firstWait;

    protected override async Task<CallResult> CallAsync(CancellationToken cancellationToken)
    {
        var (options, time) = (run.Options, run.Time);
        if (options.MinimumIdle is not { } idle)
        {
            return CallResult.Done("not asked for");
        }

        if (run.Pair.Source.RestartWindow is not { } window)
        {
            return RunWindow.NoWayToWait(run);
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
            Slot = options.Slot,
        };
        var found = await window.WaitAsync(request, new NoteSink(line => run.Progress(Step, line)), either.Token).ConfigureAwait(false);
        if (!found.IsDone)
        {
            return cancellationToken.IsCancellationRequested || !deadline.IsCancellationRequested ? found.Call : timedOut;
        }

        run.Window = new OpenWindow(found.Value, Moment.Now(time));
        return CallResult.Done(found.Value.ToString());
    }

    private sealed class NoteSink(Action<string> write) : IProgress<string>
    {
        public void Report(string value) => write(value);
    }
}
