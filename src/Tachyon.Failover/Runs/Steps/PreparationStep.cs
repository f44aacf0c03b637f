using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Runs;

/// <summary>Prepares both nodes: locks, journal, second look, clocks, and what the target will be asked for. Last, it adds the target's voters.</summary>
internal abstract class PreparationStep(RunContext run) : RunStep(FailoverStep.Prepare)
{
    /// <summary>What the survey under the locks reads.</summary>
    protected abstract SurveyScope Scope { get; }

    public sealed override Task<StepObservation> RunAsync(CancellationToken cancellationToken) => OpenLastAsync(PrepareAsync(cancellationToken));

    /// <summary>Begins what needs the locks.</summary>
    protected virtual void OnLocked()
    {
    }

    /// <summary>Tests what the nodes will be asked for. It adds no voters to the target.</summary>
    protected abstract Task<CallResult> TryAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Adds the target's voters, as the last action of the step: everything before it leaves the seals of earlier runs in place.
    /// It cannot be canceled, so that the run knows what it opened and closes it again if the step fails.
    /// </summary>
    private async Task<StepObservation> OpenLastAsync(Task<CallResult> preparing)
    {
        var ready = await preparing.ConfigureAwait(false);
        if (!ready.IsDone)
        {
            return new StepObservation(Step, ready);
        }

        var voters = await run.Pair.Target.Host.AddAuthorizedVotersAsync(CancellationToken.None).ConfigureAwait(false);
        return new StepObservation(Step, voters) { OpenedSeal = run.Journal?.WasLeftSealed(run.Pair.Target) == true };
    }

    private async Task<CallResult> PrepareAsync(CancellationToken cancellationToken)
    {
        var locks = await RunLocks.TakeAsync(run, cancellationToken).ConfigureAwait(false);
        if (!locks.IsDone)
        {
            return locks;
        }

        OnLocked();

        // From here on the locks keep other runs away. Earlier changes are in the journal, if it is shared.
        var journal = await RunPreflight.ReadJournalAsync(run, cancellationToken).ConfigureAwait(false);
        if (journal.RefusalOf(run.RunId) is { } refusal)
        {
            return refusal;
        }

        // Between the first look and the locks the run waited for a window. Another coordinator may have been at work.
        var looked = await RunPreflight.ProbeAsync(run, Scope.Second, cancellationToken).ConfigureAwait(false);
        if (!looked.IsDone)
        {
            return looked;
        }

        await ClockWait.AwaitAsync(run, Step, run.Pair.Target, journal.LastTaken, cancellationToken).ConfigureAwait(false);
        var tried = await TryAsync(cancellationToken).ConfigureAwait(false);
        if (tried.IsDone)
        {
            // If a window closes, the run waits for the next one and prepares again.
            run.TargetFeed ??= new TowerFeed(run.Pair.Towers, NodeSide.Target, run.Pair.StakedIdentity, run.Time);
        }

        return tried;
    }
}
