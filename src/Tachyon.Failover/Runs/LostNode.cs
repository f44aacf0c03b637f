using Tachyon.Failover.Decisions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>The lost node of a takeover. Every call to it has a short limit, and every action is tried once. The results are evidence.</summary>
internal sealed class LostNode(ValidatorPair pair, TakeoverPolicy policy, TimeSpan drain, TimeProvider time)
{
    // The first call opens the connection, with a login. A node that does not answer within this time is unreachable, or is still opening the connection.
    private const int LimitsToConnect = 3;

    private bool _isSealed;
    private bool _linkIsMoved;
    private bool _wasStopped;
    private bool _isStopped;
    private bool? _isFencedFromOutside;
    private string? _fenceSaid;
    private bool _wasAsked;
    private TowerFile? _towerSinceStop;
    private bool _wasChanged;

    /// <summary>What is known of the node, as of the newest probe.</summary>
    public SourceReach Reach { get; private set; } = new();

    /// <summary>What was read of the node before this takeover changed anything there. A rollback restores it.</summary>
    public NodeReading Before { get; private set; } = NodeReading.Of(pair.Source.Name, link: null, runs: null);

    private ValidatorNode Node => pair.Source;

    /// <summary>The newest slot of the chain after its fence was asked. A vote for a later slot comes from a node that was not fenced.</summary>
    public ulong? FencedAt { get; set; }

    /// <summary>Whether it has ever answered.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Whether it can save no more votes, so the tower on its disk is final: it kept its identity through the silence, and its machine did not restart.</summary>
    /// <param name="silence">How long no vote of it has landed.</param>
    public async Task<bool> HasVotedItsLastAsync(TimeSpan silence) =>
        (_isSealed || _isStopped)
        && UnseenVotes.IsOnDisk((await BoundedCall.ReadAsync(Node.Host.InspectAsync, policy.CallTimeout, time).ConfigureAwait(false)).Value?.Uptime, silence);

    /// <summary>Reads its link and its validator, and asks the fencing device again if it has fenced the node.</summary>
    /// <param name="isPatient">Whether the previous look left something unknown: the node may be slow.</param>
    public async Task ProbeAsync(bool isPatient)
    {
        var limit = (_wasAsked && !isPatient ? 1 : LimitsToConnect) * policy.CallTimeout;
        var link = await BoundedCall.ReadAsync(_ => Node.Link.ReadAsync(CancellationToken.None), limit, time).ConfigureAwait(false);
        var answers = link.IsDone || link.Call.Failure is not (CallFailure.Unreachable or CallFailure.ConnectionLost or CallFailure.TimedOut or CallFailure.Unrecognized);
        _wasAsked = true;
        HasAnswered |= answers;
        var isUnstaked = link.Value is { } at ? at.Identity == IdentityRole.Unstaked : (bool?)null;
        var stopped = answers && _wasStopped ? SeeStoppedAsync(isUnstaked == true) : null;
        var contact = answers ? await BoundedCall.ReadAsync(_ => Node.Host.GetContactInfoAsync(CancellationToken.None), isPatient ? limit : policy.CallTimeout, time).ConfigureAwait(false) : null;
        if (!_wasChanged && link.Value is not null)
        {
            Before = NodeReading.Of(Node.Name, link.Value, contact?.Value?.Identity);
        }

        var verified = _isFencedFromOutside == true
            ? await BoundedCall.RunAsync(_ => Node.FencingDevice!.VerifyAsync(CancellationToken.None), policy.FencingTimeout, time).ConfigureAwait(false)
            : null;
        var runsStaked = contact?.Value?.Identity.Equals(pair.StakedIdentity);
        Reach = new SourceReach
        {
            Name = Node.Name,
            ShellAnswers = answers,
            HasFence = Node.FencingDevice is not null && _isFencedFromOutside is null,
            LinkIsUnstaked = isUnstaked,
            IsDemoted = !runsStaked,

            // A validator that does not answer in time hangs. A silence that is long enough is evidence of that.
            MayRunStaked = runsStaked ?? contact is { IsDone: false, Call.Failure: var failure }
                && (failure == CallFailure.ValidatorNotRunning ? await IsBeingStartedAsync().ConfigureAwait(false) : failure is not (CallFailure.TimedOut or CallFailure.Unreachable or CallFailure.ConnectionLost)),
            IsSealed = _isSealed ? true : null,
            WasStopped = _wasStopped,

            // Another process may have been started since. If the link was moved before, that one started with the unstaked identity.
            IsStopped = runsStaked == true ? false : stopped is null ? null : await stopped.ConfigureAwait(false),
            WasFenced = _isFencedFromOutside == true,
            IsPoweredOff = verified?.Outcome switch
            {
                CallOutcome.Done => true,
                CallOutcome.NotDone => false,
                _ => null,
            },
            FenceSays = verified is null ? null : string.Join("; ", ((string?[])[_fenceSaid, verified.Detail]).Where(words => !string.IsNullOrWhiteSpace(words))) is { Length: > 0 } words ? words : null,
            FencedAt = FencedAt,
        };
    }

    public async Task<CallResult> MoveLinkAsync()
    {
        _wasChanged = true;
        var moved = await BoundedCall.RunAsync(_ => Node.Link.PointAtAsync(IdentityRole.Unstaked, CancellationToken.None), policy.CallTimeout, time).ConfigureAwait(false);
        _linkIsMoved = moved.IsDone;
        return moved;
    }

    public Task<CallResult> DemoteAsync()
    {
        _wasChanged = true;
        return BoundedCall.RunAsync(_ => Node.Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, within: null, CancellationToken.None), policy.CallTimeout, time);
    }

    /// <summary>
    /// Removes its voters, and reads its tower. The validator answers between two rounds of voting, so an answer shows that its replay does not hang.
    /// Asks once more after the read, as in a switchover.
    /// </summary>
    /// <returns>The tower; it is final.</returns>
    public async Task<CallResult<TowerFile>> SealAsync()
    {
        _wasChanged = true;
        var removed = await SilenceAsync().ConfigureAwait(false);
        if (!removed.IsDone)
        {
            return removed;
        }

        var tower = await ReadTowerAsync(drain).ConfigureAwait(false);
        var stillThere = await SilenceAsync().ConfigureAwait(false);
        _isSealed = stillThere.IsDone;
        return !stillThere.IsDone ? stillThere : tower;
    }

    public async Task<CallResult> StopAsync()
    {
        (_wasChanged, _wasStopped) = (true, true);
        var stopped = await BoundedStop.RunAsync(Node.Process!, time).ConfigureAwait(false);

        // A process that starts after this must find the link moved.
        _isStopped = stopped.IsDone && (_linkIsMoved || Reach.LinkIsUnstaked == true);
        return stopped;
    }

    public async Task<CallResult> FenceFromOutsideAsync()
    {
        var fenced = await BoundedCall.RunAsync(_ => Node.FencingDevice!.FenceAsync(CancellationToken.None), policy.FencingTimeout, time).ConfigureAwait(false);

        // Ask also after an unknown result: the fence may have done it.
        _isFencedFromOutside = fenced.Outcome != CallOutcome.NotDone;
        _fenceSaid = fenced.Detail;
        return fenced;
    }

    /// <summary>Reads the tower on its disk.</summary>
    public async Task<CallResult<TowerFile>> ReadTowerAsync(TimeSpan wait)
    {
        var tower = await BoundedCall.ReadAsync(_ => pair.Towers.ReadAsync(NodeSide.Source, wait, CancellationToken.None), policy.CallTimeout + wait, time).ConfigureAwait(false);
        _towerSinceStop = _isStopped ? _towerSinceStop ?? tower.Value : null;
        return tower;
    }

    /// <summary>
    /// Whether no validator runs on it that could have the staked identity. Once seen after the link was moved, this stays true until a probe contradicts it:
    /// its own RPC has the staked identity, or its tower grows.
    /// </summary>
    private async Task<bool?> SeeStoppedAsync(bool linkIsUnstaked)
    {
        if (!_isStopped)
        {
            var process = Node.Process!;
            var seen = await BoundedCall.RunAsync(process.VerifyStoppedAsync, process.LongestStop, time).ConfigureAwait(false);
            _isStopped = seen.IsDone && linkIsUnstaked;
            if (!_isStopped)
            {
                return seen.Outcome == CallOutcome.NotDone ? false : null;
            }
        }

        var rpc = BoundedCall.ReadAsync(async token => CallResult.Read(await Node.Rpc.GetIdentityAsync(token).ConfigureAwait(false)), policy.CallTimeout, time);
        var before = _towerSinceStop;
        var tower = await ReadTowerAsync(TimeSpan.Zero).ConfigureAwait(false);
        var grows = before is not null && tower.Value is { } now && !now.Equals(before);
        return !grows && (await rpc.ConfigureAwait(false)).Value?.Equals(pair.StakedIdentity) != true;
    }

    /// <summary>Whether a validator without a socket runs: it has read its link before the move. A fence stops it; without one it must be probed.</summary>
    private async Task<bool> IsBeingStartedAsync() =>
        policy.MinimumGrade < EvidenceGrade.Fenced
        && Node.Process is { } process
        && (await BoundedCall.RunAsync(process.VerifyStoppedAsync, policy.CallTimeout, time).ConfigureAwait(false)).Outcome == CallOutcome.NotDone;

    private Task<CallResult> SilenceAsync() => BoundedCall.RunAsync(_ => Node.Host.RemoveAllAuthorizedVotersAsync(CancellationToken.None), policy.CallTimeout, time);
}
