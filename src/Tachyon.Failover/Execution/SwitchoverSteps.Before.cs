using Tachyon.Failover.Preflight;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Execution;

/// <summary>The steps before anything is moved.</summary>
internal sealed partial class SwitchoverSteps
{
    public async Task<CallResult> PreflightAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.PreflightTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        _survey = await PairSurvey.TakeAsync(Pair, time, either.Token).ConfigureAwait(false);
        Preflight = await PreflightRun.RunAsync(options.Preflight, options.Reclassify, Pair, _survey, either.Token).ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
        {
            return CallResult.NotDone(CallFailure.Cancelled, "the caller gave up during the preflight");
        }

        _voteAccount = _survey.VoteAccount.Value ?? _voteAccount;
        return Preflight.IsClear ? CallResult.Done() : CallResult.NotDone(CallFailure.Refused, PreflightTable.Blockers(Preflight));
    }

    private async Task<CallResult> ArmAsync(CancellationToken cancellationToken)
    {
        var locks = await LockAsync(cancellationToken).ConfigureAwait(false);
        if (!locks.IsDone)
        {
            return locks;
        }

        // Nobody else moves anything from here on; who has done so since this run began stands in the journal, if it is shared.
        var journal = await JournalLook.ReadAsync(options, given, run, time, cancellationToken).ConfigureAwait(false);
        if (journal.RefusalOf(run) is { } superseded)
        {
            return superseded;
        }

        // The target gets its voters below, and may have had to lay down the staked identity just now.
        var replayed = ReplayWatch.AwaitAsync(Pair.Target, since: null, options.Slot, time, cancellationToken);

        // Between the first look and the locks a window was waited for, and another coordinator may have been at work.
        var looked = await PreflightAsync(cancellationToken).ConfigureAwait(false);
        var upToDate = await replayed.ConfigureAwait(false);
        if (!looked.IsDone || !upToDate.IsDone)
        {
            return looked.IsDone ? upToDate : looked;
        }

        _leftover = _survey!.Target.Tower.Value is { } leftover ? TowerVerification.Check(leftover, Pair.StakedIdentity).Tower : null;
        var aside = options.Rules.ReplacesLeftoverTower ? await Pair.Towers.SetAsideAsync(NodeSide.Target, cancellationToken).ConfigureAwait(false) : CallResult.Done();
        if (!aside.IsDone)
        {
            return aside;
        }

        if (aside.Detail is { } path)
        {
            _notes.Add($"The tower that was left over on {Pair.Target.Name} is now {path}.");
        }

        // Whether the voters that the settings name can be given back must be known before they are taken away.
        var voters = await AllAsync(
            Pair.Source.Host.AddAuthorizedVotersAsync(cancellationToken),
            Pair.Target.Host.AddAuthorizedVotersAsync(cancellationToken)).ConfigureAwait(false);
        _sourceFeed = new TowerFeed(Pair.Towers, NodeSide.Source, Pair.StakedIdentity, time);
        _targetFeed = new TowerFeed(Pair.Towers, NodeSide.Target, Pair.StakedIdentity, time);
        return voters;
    }

    private async Task<CallResult> AwaitRestartWindowAsync(CancellationToken cancellationToken)
    {
        if (options.MinimumIdle is not { } idle)
        {
            return CallResult.Done("not asked for");
        }

        if (Pair.Source.RestartWindow is not { } window)
        {
            return CallResult.NotDone(CallFailure.Refused, $"{Pair.Source.Name} has no way to wait for a restart window; give it one, or set {nameof(FailoverOptions.MinimumIdle)} to null");
        }

        using var deadline = new CancellationTokenSource(options.RestartWindowTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var result = await window.WaitAsync(idle, new NoteSink(line => Note(SwitchoverStep.RestartWindow, line)), either.Token).ConfigureAwait(false);
        return result.IsDone || cancellationToken.IsCancellationRequested || !deadline.IsCancellationRequested
            ? result
            : CallResult.NotDone(CallFailure.TimedOut, $"no restart window within {options.RestartWindowTimeout}");
    }

    public async Task<CallResult> LockAsync(CancellationToken cancellationToken)
    {
        if (!options.Rules.TakesLocks)
        {
            return CallResult.Done();
        }

        // One after the other and always in the same order, so that of two coordinators one gets both.
        var order = string.CompareOrdinal(Pair.Source.Name, Pair.Target.Name) < 0
            ? (ValidatorNode[])[Pair.Source, Pair.Target]
            : [Pair.Target, Pair.Source];
        foreach (var node in order)
        {
            var taken = await node.Lock.AcquireAsync(_holder, cancellationToken).ConfigureAwait(false);
            if (!taken.IsDone)
            {
                return taken.Failure == CallFailure.LockHeld
                    ? CallResult.NotDone(CallFailure.LockHeld, $"another coordinator is at work on {node.Name}: {taken.Detail}")
                    : taken;
            }
        }

        return CallResult.Done();
    }

    public Task<CallResult> ReleaseAsync() => AllAsync(
        Pair.Source.Lock.ReleaseAsync(_holder, CancellationToken.None),
        Pair.Target.Lock.ReleaseAsync(_holder, CancellationToken.None));

    private sealed class NoteSink(Action<string> write) : IProgress<string>
    {
        public void Report(string value) => write(value);
    }
}
