using Tachyon.Failover.Hosts;
using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Execution;

/// <summary>Executes a switchover up to the point where identities would change, then rolls it back.</summary>
internal sealed class DryRun(ValidatorPair pair, SwitchoverSteps steps, TimeProvider time)
{
    public async Task<SwitchoverPlan> RunAsync(CancellationToken cancellationToken)
    {
        var looked = await steps.LookAsync(SurveyScope.Switchover, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        looked = looked.IsDone ? await steps.TryJournalAsync(cancellationToken).ConfigureAwait(false) : looked;
        var skipped = CallResult.NotDone(CallFailure.Skipped, "the preflight found a blocker");
        var locks = looked.IsDone ? await steps.LockAsync(cancellationToken).ConfigureAwait(false) : skipped;
        CallResult transfer = CallResult.NotDone(CallFailure.Skipped, "the locks were not taken");
        TimeSpan? transferTime = null;
        try
        {
            if (locks.IsDone)
            {
                (transfer, transferTime) = await TransferAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (looked.IsDone)
            {
                await steps.ReleaseAsync().ConfigureAwait(false);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new SwitchoverPlan
        {
            StakedIdentity = pair.StakedIdentity,
            Source = pair.Source.Name,
            Target = pair.Target.Name,
            Preflight = steps.Preflight,
            Steps = [.. Plan()],
            Locks = locks,
            Transfer = transfer,
            TransferTime = transferTime,
        };
    }

    private async Task<(CallResult Result, TimeSpan? Time)> TransferAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var tower = await pair.Towers.ReadAsync(NodeSide.Source, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        if (!tower.IsDone)
        {
            return (tower.Call, null);
        }

        var delivered = await pair.Towers.DeliverAsync(tower.Value, trial: true, cancellationToken).ConfigureAwait(false);
        return (delivered, delivered.IsDone ? time.GetElapsedTime(begun) : null);
    }

    private IEnumerable<PlannedStep> Plan()
    {
        var (source, target) = (pair.Source, pair.Target);
        var tower = new Towers.TowerFileName(pair.StakedIdentity);
        yield return On(FailoverStep.Prepare, target, $"move a stale {tower} aside; {target.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters)}");
        yield return On(FailoverStep.MoveSourceLink, source, source.Link.CommandToPointAt(IdentityRole.Unstaked));
        yield return On(FailoverStep.DemoteSource, source, source.Host.CommandFor(ValidatorCommand.TakeUnstakedIdentity));
        yield return On(FailoverStep.AwaitLastVote, source, $"wait for the next {tower}, at most one slot");
        yield return On(FailoverStep.SealSource, source, $"{source.Host.CommandFor(ValidatorCommand.RemoveAllAuthorizedVoters)}; read {tower}");
        yield return On(FailoverStep.DeliverTower, target, $"write {tower}, sync, compare, rename");
        yield return On(FailoverStep.PromoteTarget, target, target.Host.CommandFor(ValidatorCommand.TakeStakedIdentity));
        yield return On(FailoverStep.MoveTargetLink, target, target.Link.CommandToPointAt(IdentityRole.Staked));
        yield return On(FailoverStep.Verify, target, $"{target.Host.CommandFor(ValidatorCommand.ShowContactInfo)}; watch votes land");
        yield return On(FailoverStep.CleanUp, source, $"{source.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters)}; move {tower} aside");
        yield return On(FailoverStep.SeeTargetVote, target, $"{target.Host.CommandFor(ValidatorCommand.ShowContactInfo)}; wait for a vote that is newer than 3 s after the promotion");
    }

    private static PlannedStep On(FailoverStep step, ValidatorNode node, string command) =>
        new() { Step = step, Node = node.Name, Command = command };
}
