using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>The steps from the demotion to the end of a run, forward or back.</summary>
internal sealed partial class SwitchoverSteps
{
    // Measured: the call ends on a one-second beat inside the validator.
    internal static readonly TimeSpan LongestSetIdentity = TimeSpan.FromSeconds(1);

    /// <summary>Sends the demotion after a wait for the next vote, so that most of a slot is left for a short call.</summary>
    private Task<CallResult> FenceAsync()
    {
        var voted = Pair.Towers.AwaitVoteAsync(Silence, sinceLastWait: false, CancellationToken.None);
        return Pair.Towers.IsOrderedWithHost ? DemoteAsync() : BehindAsync(voted);

        Task<CallResult> DemoteAsync() => Pair.Source.Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, within: null, CancellationToken.None);

        async Task<CallResult> BehindAsync(Task before)
        {
            await before.ConfigureAwait(false);
            return await DemoteAsync().ConfigureAwait(false);
        }
    }

    private async Task<CallResult> SealAsync()
    {
        var removing = SilenceSourceAsync();
        if (!Pair.Towers.IsOrderedWithHost)
        {
            await removing.ConfigureAwait(false);
        }

        var reading = Pair.Towers.ReadAsync(NodeSide.Source, options.Drain, CancellationToken.None);
        if (!Pair.Towers.IsOrderedWithHost)
        {
            await reading.ConfigureAwait(false);
        }

        // Ask again after the read: an answer shows that the validator was not suspended while its last vote was waited for.
        // A validator that is suspended between generating and saving a vote saves and sends it when it resumes, long after the target has voted.
        // The promotion's time counts from here and not from the answer: this machine may be suspended before it reads the answer.
        _sealAsked = Moment.Now(time);
        var stillThere = SilenceSourceAsync();
        var removed = await removing.ConfigureAwait(false);
        var read = await reading.ConfigureAwait(false);
        var answered = await stillThere.ConfigureAwait(false);
        _sealedAt = time.GetTimestamp();
        if (!removed.IsDone || !answered.IsDone)
        {
            return removed.IsDone ? answered : removed;
        }

        if (!read.IsDone)
        {
            return CallResult.NotDone(read.Call.Failure, $"the source is sealed, but its tower was not read: {read.Call}");
        }

        var landed = _voteAccount?.LastVote ?? 0;
        var verdict = TowerVerification.Check(read.Value, Pair.StakedIdentity, landed, NewestKnown);
        if (!verdict.IsUsable)
        {
            return CallResult.NotDone(CallFailure.TowerCorrupt, $"the source's final tower cannot be used: {verdict.Reason}");
        }

        _final = verdict.Tower;
        return CallResult.Done($"last vote {_final.LastVotedSlot}");
    }

    private Task<CallResult> SilenceSourceAsync() =>
        options.Rules.SealsSource ? Pair.Source.Host.RemoveAllAuthorizedVotersAsync(CancellationToken.None) : Task.FromResult(CallResult.Done());

    private Task<CallResult> DeliverAsync() =>
        _final is not null && (options.Rules.ReplacesLeftoverTower || _leftover is null)
            ? Pair.Towers.DeliverAsync(_final.File, trial: false, CancellationToken.None)
            : Task.FromResult(CallResult.Done());

    private async Task<CallResult> PromoteAsync()
    {
        var promotion = Pair.Target.Host.SetIdentityAsync(IdentityRole.Staked, options.Rules.ReplacesLeftoverTower ? _final?.File.Digest : null, PromotionMayWait, CancellationToken.None);
        _ownWork = _sealedAt is { } at ? time.GetElapsedTime(at) : null;
        _taken[Pair.Target.Name] = time.GetUtcNow();
        var promoted = await promotion.ConfigureAwait(false);
        _taken[Pair.Target.Name] = time.GetUtcNow();
        _identityTaken = Moment.Now(time);
        _targetMayHaveVoted = promoted.Outcome == CallOutcome.Unknown;
        return promoted;
    }

    /// <summary>The newest vote of the tower that the target got, or that it rebuilt from the chain; null before that.</summary>
    private ulong? LastKnownVote => _final?.LastVotedSlot ?? (_isRebuilt ? _rebuiltFrom : null);

    // The source's final tower must contain every vote that was seen of it, and the votes that the target once had.
    private Tower? NewestKnown =>
        _sourceFeed?.Newest is { } seen && !(seen.LastVotedSlot < _leftover?.LastVotedSlot) ? seen : _leftover;

    private async Task<StepObservation> VerifyAsync()
    {
        // Wait for the source's answer last: the source may be slow or gone.
        _sourceSlot = ReplayWatch.SlotAsync(Pair.Source.Rpc, CancellationToken.None);
        var source = BoundedCall.ReadAsync(_ => Pair.Source.Host.GetContactInfoAsync(CancellationToken.None), options.VerifyTimeout, time);
        var tower = BoundedCall.ReadAsync(_ => Pair.Towers.ReadAsync(NodeSide.Source, TimeSpan.Zero, CancellationToken.None), options.VerifyTimeout, time);
        var target = await MeasureAsync().ConfigureAwait(false);
        NoteWhetherTheTowerChanged(await tower.ConfigureAwait(false));
        return target.Result.IsDone && (await source.ConfigureAwait(false)).Value?.Identity.Equals(Pair.StakedIdentity) == true
            ? target with { Result = CallResult.NotDone(CallFailure.Refused, $"{Pair.Source.Name} runs the staked identity again; it has no authorized voter and cannot vote; do not add one") }
            : target;
    }

    private void NoteWhetherTheTowerChanged(CallResult<TowerFile> after)
    {
        if (!after.IsDone)
        {
            _notes.Add($"The tower of {Pair.Source.Name} could not be read again after the promotion, so it is unknown whether a vote came late: {after.Call}.");
        }
        else if (!after.Value.Equals(_final!.File))
        {
            _notes.Add(
                $"THE SOURCE'S TOWER CHANGED AFTER THE SEAL ({_final.File.Digest} was delivered, {after.Value.Digest} is there now): a vote came late, and the target may lack it. Watch for refused votes.");
        }
    }

    /// <summary>Waits until the target saves its first vote and until it lands, and measures the gap.</summary>
    private async Task<StepObservation> MeasureAsync()
    {
        var last = LastKnownVote!.Value;
        var voted = await ProveAsync(FailoverStep.Verify, NodeSide.Target, last, mustLand: true).ConfigureAwait(false);
        if (!voted.Result.IsDone)
        {
            return voted;
        }

        using var deadline = new CancellationTokenSource(options.VerifyTimeout, time);
        var seen = await _targetFeed!.FirstAfterAsync(last, deadline.Token).ConfigureAwait(false);
        var account = await _gapMeter.AwaitLandedAsync(_voteAccount?.Address, seen?.Slot ?? (last + 1), deadline.Token).ConfigureAwait(false);
        if (account is null)
        {
            return voted with
            {
                Result = CallResult.NotDone(
                    CallFailure.TimedOut,
                    $"no vote of {Pair.Target.Name} landed within {options.VerifyTimeout.TotalSeconds:0} s; it {(seen is null ? "was not seen to save one" : $"saved one for slot {seen.Slot}")}"),
            };
        }

        if (seen is null)
        {
            _notes.Add($"Votes of {Pair.Target.Name} land (the newest for slot {account.LastVote}), but its tower could not be watched, so the gap is unknown.");
            return voted with { Result = CallResult.Done($"a vote for slot {account.LastVote} has landed") };
        }

        var first = seen.Slot;
        var missed = await _gapMeter.BlocksBetweenAsync(last, first, deadline.Token).ConfigureAwait(false);
        Gap = new GapReport
        {
            SourceLastVote = last,
            TargetFirstVote = first,
            MissedSlots = missed?.Count ?? (int)(first - last - 1),
            MissedBlocks = missed,
            Duration = _sourceFeed?.SeenAt(last) is { } start ? time.GetElapsedTime(start, seen.Timestamp) : null,
            CoordinatorTime = _ownWork,
            RefusedVotes = await _gapMeter.CountRefusedAsync(account.Address, first, deadline.Token).ConfigureAwait(false),
        };
        return voted with { Result = CallResult.Done(Gap.ToString()) };
    }

    private async Task<CallResult> TidyAsync()
    {
        // A source that runs the staked identity again would become a second voter with its voters.
        var look = await NodeProbe.AtAsync(FailoverStep.CleanUp, Pair, NodeSide.Source, gossip: null).ConfigureAwait(false);
        if (look.Seen != IdentityRole.Unstaked)
        {
            return look.Seen is null
                ? look.Result
                : CallResult.NotDone(CallFailure.Refused, $"{Pair.Source.Name} runs the staked identity; its authorized voters are not added");
        }

        var voters = ReturnVotersAsync(Pair.Source, _sourceSlot is { } slot ? await slot.ConfigureAwait(false) : null);
        var aside = Pair.Towers.MoveAsideAsync(NodeSide.Source, CancellationToken.None);
        var done = await AllAsync(voters, aside).ConfigureAwait(false);
        NoteAside(Pair.Source, await aside.ConfigureAwait(false));
        return done;
    }

    /// <summary>Adds the voters of a validator that runs its unstaked identity, after it can no longer vote with the staked one.</summary>
    private async Task<CallResult> ReturnVotersAsync(ValidatorNode node, ulong? since)
    {
        var replayed = await ReplayWatch.AwaitAsync(node, since, options.Slot, time, CancellationToken.None).ConfigureAwait(false);
        return replayed.IsDone ? await node.Host.AddAuthorizedVotersAsync(CancellationToken.None).ConfigureAwait(false) : replayed;
    }

    /// <summary>The source continues with its own tower, which is unchanged.</summary>
    private async Task<CallResult> RestoreIdentityAsync()
    {
        var own = await Pair.Towers.ReadAsync(Given(NodeSide.Source), TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        if (!own.IsDone)
        {
            return own.Call;
        }

        var verdict = TowerVerification.Check(own.Value, Pair.StakedIdentity, _voteAccount?.LastVote ?? 0, _final ?? NewestKnown);
        if (!verdict.IsUsable)
        {
            return CallResult.NotDone(CallFailure.TowerCorrupt, $"the source's own tower cannot be used: {verdict.Reason}");
        }

        await AwaitClocksAsync(Pair.Source, Look?.Journal.LastTaken ?? _taken, CancellationToken.None).ConfigureAwait(false);
        if (_targetMayHaveVoted && await RefusalByVotesOfTargetAsync(verdict.Tower!).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        var restored = await Pair.Source.Host.SetIdentityAsync(IdentityRole.Staked, own.Value.Digest, OrderLimit.Longest, CancellationToken.None).ConfigureAwait(false);
        _identityTaken = Moment.Now(time);
        await AwaitWhatMayComeLateAsync().ConfigureAwait(false);
        return restored;
    }

    /// <summary>A target without an answer to its promotion may have voted, and may have been restarted since with the other identity. The source's own tower lacks those votes.</summary>
    private async Task<CallResult?> RefusalByVotesOfTargetAsync(Tower own)
    {
        var there = await Pair.Towers.ReadAsync(Given(NodeSide.Target), TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        if (!there.IsDone && there.Call.Failure != CallFailure.TowerMissing)
        {
            return CallResult.NotDone(CallFailure.Unreachable, $"it could not be read whether {Pair.Target.Name} has voted since its promotion: {there.Call}");
        }

        var saved = there.Value is { } file ? TowerVerification.Check(file, Pair.StakedIdentity).Tower?.LastVotedSlot : null;
        return saved > own.LastVotedSlot
            ? CallResult.NotDone(CallFailure.TowerCorrupt, $"{Pair.Target.Name} has voted for slot {saved} since its promotion, and the tower of {Pair.Source.Name} ends with slot {own.LastVotedSlot}: it must not vote with it")
            : null;
    }

    private async Task<CallResult> ClearTargetAsync()
    {
        var aside = await Pair.Towers.MoveAsideAsync(Given(NodeSide.Target), CancellationToken.None).ConfigureAwait(false);
        NoteAside(Pair.Target, aside);
        return aside;
    }

    private void NoteAside(ValidatorNode node, CallResult aside)
    {
        if (aside is { IsDone: true, Detail: { } path })
        {
            _notes.Add($"The tower of {node.Name} is now {path}, so that no stale tower is used later.");
        }
    }

    private async Task<CallResult> DemoteTargetAsync()
    {
        var demoted = await Pair.Target.Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, within: null, CancellationToken.None).ConfigureAwait(false);
        _targetWasDemoted |= demoted.IsDone;
        await AwaitWhatMayComeLateAsync().ConfigureAwait(false);
        return demoted;
    }

    // A call whose program has ended may still wait inside the validator, before or after the latest call, for up to one second.
    // The next look must come after it.
    private Task AwaitWhatMayComeLateAsync() => Task.Delay(2 * LongestSetIdentity, time, CancellationToken.None);
}
