using Tachyon.Failover.Decisions;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Tests what the target will be asked for, before anything is moved.</summary>
internal static class TargetTrial
{
    /// <summary>
    /// It sets the identity that the target has. That changes nothing, and shows that no call of an earlier run hangs in its validator
    /// and that the command works within the limit of a promotion. If its answer is lost, the target is not promoted: the call might run after the promotion.
    /// </summary>
    public static async Task<CallResult> RunAsync(RunContext run, CancellationToken cancellationToken)
    {
        var tried = await AllCalls.FirstNotDoneAsync(
            run.Pair.Target.Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, OrderLimit.Longest, cancellationToken),
            TryDeliveryAsync(run, cancellationToken)).ConfigureAwait(false);
        return tried.IsDone ? await SetLeftoverAsideAsync(run, cancellationToken).ConfigureAwait(false) : tried;
    }

    private static async Task<CallResult> SetLeftoverAsideAsync(RunContext run, CancellationToken cancellationToken)
    {
        run.Leftover = run.Survey!.Target.Tower.Value is { } leftover ? TowerVerification.Check(leftover, run.Pair.StakedIdentity).Tower : null;
        var aside = await run.Pair.Towers.MoveAsideAsync(NodeSide.Target, cancellationToken).ConfigureAwait(false);
        if (aside is { IsDone: true, Detail: { } path })
        {
            run.Note(NoteCodes.TowerMovedAside, run.Pair.Target.Name, $"The stale tower on {run.Pair.Target.Name} is now {path}.", ("path", path));
        }

        return aside;
    }

    /// <summary>
    /// Delivers an older tower once as a trial, and leaves nothing there. This finds a read-only folder before the demotion,
    /// and the gap then contains nothing that happens for the first time.
    /// </summary>
    private static async Task<CallResult> TryDeliveryAsync(RunContext run, CancellationToken cancellationToken)
    {
        if ((run.Survey?.Source.Tower.Value ?? run.Takeover?.Watch.TowerCopy?.Newest) is not { } tower)
        {
            return CallResult.Done();
        }

        var tried = await run.Pair.Towers.DeliverAsync(tower, trial: true, cancellationToken).ConfigureAwait(false);
        return tried.IsDone ? tried : CallResult.NotDone(tried.Failure, $"a tower cannot be delivered to {run.Pair.Target.Name}: {tried}");
    }
}
