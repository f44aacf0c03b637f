using Tachyon.Failover.Identities;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Execution;

/// <summary>The steps from the fence to the end of the way, forward or back.</summary>
internal sealed partial class SwitchoverSteps
{
    // Measured: the call ends on a beat of one second inside the validator.
    private static readonly TimeSpan LongestSetIdentity = TimeSpan.FromSeconds(1);

    /// <summary>Sends the fence behind a wait for the next vote, so that most of a slot is left for a short call.</summary>
    private Task<CallResult> FenceAsync()
    {
        var voted = pair.Towers.AwaitVoteAsync(Silence, sinceLastWait: false, CancellationToken.None);
        return pair.Towers.KeepsOrderWithHosts ? DemoteAsync() : BehindAsync(voted);

        Task<CallResult> DemoteAsync() => pair.Source.Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, CancellationToken.None);

        async Task<CallResult> BehindAsync(Task before)
        {
            await before.ConfigureAwait(false);
            return await DemoteAsync().ConfigureAwait(false);
        }
    }

    private async Task<CallResult> SealAsync()
    {
        var removing = pair.Source.Host.RemoveAllAuthorizedVotersAsync(CancellationToken.None);
        if (!pair.Towers.KeepsOrderWithHosts)
        {
            await removing.ConfigureAwait(false);
        }

        var reading = pair.Towers.ReadAsync(NodeSide.Source, options.Drain, CancellationToken.None);
        var removed = await removing.ConfigureAwait(false);
        var read = await reading.ConfigureAwait(false);
        if (!removed.IsDone)
        {
            return removed;
        }

        if (!read.IsDone)
        {
            return CallResult.NotDone(read.Call.Failure, $"the source is sealed, but its tower was not read: {read.Call}");
        }

        var landed = _voteAccount?.LastVote ?? 0;
        var verdict = TowerVerification.Check(read.Value, pair.StakedIdentity, landed, NewestKnown);
        if (!verdict.IsUsable)
        {
            return CallResult.NotDone(CallFailure.TowerCorrupt, $"the source's final tower cannot be used: {verdict.Reason}");
        }

        _final = verdict.Tower;
        return CallResult.Done($"last vote {_final.LastVotedSlot}");
    }

    // Whatever was seen of the source before must be in its final tower; so must what the target once had.
    private Tower? NewestKnown => _sourceFeed?.Newest ?? _leftover;

    private async Task<CallResult> VerifyAsync()
    {
        using var deadline = new CancellationTokenSource(options.VerifyTimeout, time);
        var source = pair.Source.Host.GetContactInfoAsync(CancellationToken.None);
        var target = pair.Target.Host.GetContactInfoAsync(CancellationToken.None);
        var after = await pair.Towers.ReadAsync(NodeSide.Source, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        if (after.Value is { } tower && !tower.Equals(_final!.File))
        {
            _notes.Add(
                $"THE SOURCE'S TOWER CHANGED AFTER THE SEAL ({_final.File.Digest} was delivered, {tower.Digest} is there now): a vote came late, and the target may not know it. Watch for refused votes.");
        }

        if ((await source.ConfigureAwait(false)).Value?.Identity.Equals(pair.StakedIdentity) == true)
        {
            return CallResult.NotDone(CallFailure.Unrecognised, $"{pair.Source.Name} still says that it runs the staked identity; it has no authorized voter and cannot vote");
        }

        if ((await target.ConfigureAwait(false)).Value is { } contactInfo && !contactInfo.Identity.Equals(pair.StakedIdentity))
        {
            return CallResult.NotDone(CallFailure.Unrecognised, $"{pair.Target.Name} says that it runs {contactInfo.Identity}");
        }

        return await MeasureAsync(deadline.Token).ConfigureAwait(false);
    }

    private async Task<CallResult> MeasureAsync(CancellationToken cancellationToken)
    {
        var last = _final!.LastVotedSlot!.Value;
        var seen = await _targetFeed!.FirstAfterAsync(last, cancellationToken).ConfigureAwait(false);
        var account = await _gapMeter.AwaitLandedAsync(_voteAccount?.Address, seen?.Slot ?? (last + 1), cancellationToken).ConfigureAwait(false);
        if (account is null)
        {
            return CallResult.NotDone(
                CallFailure.TimedOut,
                $"no vote of {pair.Target.Name} landed within {options.VerifyTimeout.TotalSeconds:0} s; it {(seen is null ? "saved none" : $"saved one for slot {seen.Slot}")}");
        }

        var first = seen?.Slot ?? account.LastVote;
        Gap = new GapReport
        {
            SourceLastVote = last,
            TargetFirstVote = first,
            MissedSlots = await _gapMeter.CountBlocksBetweenAsync(last, first, cancellationToken).ConfigureAwait(false) ?? (int)(first - last - 1),
            Duration = seen is not null && _sourceFeed?.SeenAt(last) is { } start ? time.GetElapsedTime(start, seen.Timestamp) : null,
            RefusedVotes = await _gapMeter.CountRefusedAsync(account.Address, first, cancellationToken).ConfigureAwait(false),
        };
        return CallResult.Done(Gap.ToString());
    }

    private async Task<CallResult> TidyAsync()
    {
        var voters = pair.Source.Host.AddAuthorizedVotersAsync(CancellationToken.None);
        var aside = pair.Towers.SetAsideAsync(NodeSide.Source, CancellationToken.None);
        var done = await AllAsync(voters, aside).ConfigureAwait(false);
        if ((await aside.ConfigureAwait(false)).Detail is { } path)
        {
            _notes.Add($"The tower of {pair.Source.Name} is now {path}, so that nothing stale can be used later.");
        }

        return done.IsDone ? await ReleaseAsync().ConfigureAwait(false) : done;
    }

    /// <summary>The source goes on with its own tower, which nobody has touched.</summary>
    private async Task<CallResult> RestoreIdentityAsync()
    {
        var own = await pair.Towers.ReadAsync(NodeSide.Source, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        if (!own.IsDone)
        {
            return own.Call;
        }

        var verdict = TowerVerification.Check(own.Value, pair.StakedIdentity, _voteAccount?.LastVote ?? 0, _final ?? NewestKnown);
        return verdict.IsUsable
            ? await pair.Source.Host.SetIdentityAsync(IdentityRole.Staked, own.Value.Digest, CancellationToken.None).ConfigureAwait(false)
            : CallResult.NotDone(CallFailure.TowerCorrupt, $"the source's own tower cannot be used: {verdict.Reason}");
    }

    private async Task<CallResult> DemoteTargetAsync()
    {
        var demoted = await pair.Target.Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, CancellationToken.None).ConfigureAwait(false);

        // A promotion whose program is gone may still wait inside the validator, behind or before this call, for the second that such a call can
        // take. The look that follows must not come before it.
        await Task.Delay(2 * LongestSetIdentity, time, CancellationToken.None).ConfigureAwait(false);
        return demoted;
    }
}
