using Tachyon.Failover.Decisions;
using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>Waits for a window without leader slots of the staked identity.</summary>
internal sealed class AwaitRestartWindowStep(RunContext run) : CallStep(FailoverStep.AwaitRestartWindow)
{
    // A window is found before the preparation, and enough of it must be left after that.
    private static readonly TimeSpan Preparation = TimeSpan.FromSeconds(5);

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
        var (asked, needed) = (options.IdleAtFence, LeaderSlotRule.IdleAtDemotion(options.IdleAtFence, options.Slot, run.TargetLeadsAtOnce));
        run.IdleAtDemotion = needed;
        var found = await WaitAsync(Longer(idle, needed > asked ? needed + Preparation : TimeSpan.Zero)).ConfigureAwait(false);
        if (found.Call.Failure == CallFailure.NoRestartWindow && needed > asked)
        {
            // Leader slots that are lost are better than no switchover. The result says how many.
            run.Progress(Step, $"no window is long enough for the target to lead in its next slots; a shorter one is taken ({found.Call.Detail})");
            run.IdleAtDemotion = asked;
            found = await WaitAsync(idle).ConfigureAwait(false);
        }

        Task<CallResult<OpenRestartWindow>> WaitAsync(TimeSpan least) => window.WaitAsync(
            new RestartWindowRequest { MinimumIdle = least, MaximumDelinquentStake = options.MaximumDelinquentStake, Limit = left, Slot = options.Slot },
            new NoteSink(line => run.Progress(Step, line)),
            either.Token);

        if (!found.IsDone)
        {
            return cancellationToken.IsCancellationRequested || !deadline.IsCancellationRequested ? found.Call : timedOut;
        }

        run.Window = new OpenWindow(found.Value, Moment.Now(time));
        return CallResult.Done(found.Value.ToString());
    }

    private static TimeSpan Longer(TimeSpan idle, TimeSpan needed) => idle == TimeSpan.Zero || idle > needed ? idle : needed;

    private sealed class NoteSink(Action<string> write) : IProgress<string>
    {
        public void Report(string value) => write(value);
    }
}
