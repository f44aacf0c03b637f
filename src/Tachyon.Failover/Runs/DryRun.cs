using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Runs;

/// <summary>Executes a switchover up to the point where identities would change, then rolls it back.</summary>
internal sealed class DryRun(ValidatorPair pair, RunContext run)
{
    public async Task<SwitchoverPlan> RunAsync(CancellationToken cancellationToken)
    {
        var looked = await RunPreflight.ProbeAsync(run, SurveyScope.Switchover, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        looked = looked.IsDone ? await RunPreflight.TryJournalAsync(run, cancellationToken).ConfigureAwait(false) : looked;
        var skipped = CallResult.NotDone(CallFailure.Skipped, "the preflight found a blocker");
        var locks = looked.IsDone ? await RunLocks.TakeAsync(run, cancellationToken).ConfigureAwait(false) : skipped;
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
                await RunLocks.ReleaseAsync(run).ConfigureAwait(false);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new SwitchoverPlan
        {
            StakedIdentity = pair.StakedIdentity,
            Source = pair.Source.Name,
            Target = pair.Target.Name,
            Preflight = run.Preflight,
            Steps = [.. Plan()],
            Locks = locks,
            Transfer = transfer,
            TransferTime = transferTime,
        };
    }

    private async Task<(CallResult Result, TimeSpan? Time)> TransferAsync(CancellationToken cancellationToken)
    {
        var begun = run.Time.GetTimestamp();
        var tower = await pair.Towers.ReadAsync(NodeSide.Source, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        if (!tower.IsDone)
        {
            return (tower.Call, null);
        }

        var delivered = await pair.Towers.DeliverAsync(tower.Value, trial: true, cancellationToken).ConfigureAwait(false);
        return (delivered, delivered.IsDone ? run.Time.GetElapsedTime(begun) : null);
    }

    private IEnumerable<PlannedStep> Plan()
    {
        var steps = RunSteps.Of(RunKind.Switchover, run).All;
        foreach (var step in StepTable.All)
        {
            if (step.Planned is { } side)
            {
                yield return new PlannedStep { StepCode = step.Step, Node = pair.On(side).Name, Command = steps[step.Step].Describe(pair)! };
            }
        }
    }
}
