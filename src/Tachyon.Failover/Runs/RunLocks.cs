using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>The locks of a run on both nodes.</summary>
internal static class RunLocks
{
    // Some trips to a host that is far away.
    private static readonly TimeSpan PauseForSecond = TimeSpan.FromMilliseconds(500);
    private const int TriesForSecond = 2;

    /// <summary>
    /// Takes both at once. Two coordinators may get one each: then the one with the first, by the nodes' names, gets both, because the other one releases its lock at once.
    /// </summary>
    public static async Task<CallResult> TakeAsync(RunContext run, CancellationToken cancellationToken)
    {
        ValidatorNode[] nodes = [.. ((ValidatorNode[])[run.Pair.Source, run.Pair.Target]).OrderBy(node => node.Name, StringComparer.Ordinal)];
        var taken = await Task.WhenAll(nodes.Select(node => TakeAsync(run, node, cancellationToken))).ConfigureAwait(false);
        if (taken[0].Failure == CallFailure.LockHeld)
        {
            await ReleaseAsync(run).ConfigureAwait(false);
        }

        for (var tries = 0; tries < TriesForSecond && taken[0].IsDone && taken[1].Failure == CallFailure.LockHeld; tries++)
        {
            await run.Time.DelayAsync(PauseForSecond, cancellationToken).ConfigureAwait(false);
            taken[1] = await TakeAsync(run, nodes[1], cancellationToken).ConfigureAwait(false);
        }

        var (result, node) = taken[0].IsDone ? (taken[1], nodes[1]) : (taken[0], nodes[0]);
        return result.Failure == CallFailure.LockHeld
            ? CallResult.NotDone(CallFailure.LockHeld, $"another coordinator is at work on {node.Name}: {result.Detail}")
            : result.IsDone ? CallResult.Done() : result;
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
