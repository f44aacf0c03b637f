using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>The locks of a run on both nodes.</summary>
internal static class RunLocks
{
    /// <summary>Takes both. They are taken one after the other and always in the same order, so that one of two coordinators gets both.</summary>
    public static async Task<CallResult> TakeAsync(RunContext run, CancellationToken cancellationToken)
    {
        var (source, target) = (run.Pair.Source, run.Pair.Target);
        foreach (var node in string.CompareOrdinal(source.Name, target.Name) < 0 ? (ValidatorNode[])[source, target] : [target, source])
        {
            var taken = await TakeAsync(run, node, cancellationToken).ConfigureAwait(false);
            if (!taken.IsDone)
            {
                return taken.Failure == CallFailure.LockHeld
                    ? CallResult.NotDone(CallFailure.LockHeld, $"another coordinator is at work on {node.Name}: {taken.Detail}")
                    : taken;
            }
        }

        return CallResult.Done();
    }

    /// <summary>Releases both.</summary>
    public static Task<CallResult> ReleaseAsync(RunContext run) =>
        AllCalls.FirstNotDoneAsync(ReleaseSourceAsync(run), run.Pair.Target.Lock.ReleaseAsync(run.Holder, CancellationToken.None));

    /// <summary>Releases both at the end of a run. A lock that is not released ends with its connection; the caller gets a note.</summary>
    public static async Task LetGoAsync(RunContext run)
    {
        var released = await ReleaseAsync(run).ConfigureAwait(false);
        if (released.Outcome == CallOutcome.Unknown)
        {
            // The connection may live as long as the process, and keep all others out.
            released = await ReleaseAsync(run).ConfigureAwait(false);
        }

        if (!released.IsDone)
        {
            run.Note(NoteCodes.LockNotReleased, node: null, $"A lock was not released, and ends with the connection that holds it: {released}.");
        }
    }

    /// <summary>Takes the lock of a lost node if that is possible. Only another holder stops a takeover.</summary>
    private static async Task<CallResult> TakeAsync(RunContext run, ValidatorNode node, CancellationToken cancellationToken)
    {
        if (run.Takeover is not { } takeover || node != run.Pair.Source)
        {
            return await node.Lock.AcquireAsync(run.Holder, cancellationToken).ConfigureAwait(false);
        }

        if (!takeover.Lost.Reach.ShellAnswers)
        {
            return CallResult.Done();
        }

        var taken = await BoundedCall.RunAsync(_ => node.Lock.AcquireAsync(run.Holder, CancellationToken.None), takeover.Policy.CallTimeout, run.Time).ConfigureAwait(false);
        return taken.Failure == CallFailure.LockHeld ? taken : CallResult.Done();
    }

    /// <summary>The lock of a lost node ends with its connection.</summary>
    private static async Task<CallResult> ReleaseSourceAsync(RunContext run)
    {
        var source = run.Pair.Source;
        if (run.Takeover is not { } takeover)
        {
            return await source.Lock.ReleaseAsync(run.Holder, CancellationToken.None).ConfigureAwait(false);
        }

        await BoundedCall.RunAsync(_ => source.Lock.ReleaseAsync(run.Holder, CancellationToken.None), takeover.Policy.CallTimeout, run.Time).ConfigureAwait(false);
        return CallResult.Done();
    }
}
