using Tachyon.Failover.Identities;
using Tachyon.Failover.Monitoring;
using Tachyon.Failover.Protocol;
using Tachyon.Failover.Takeover;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Execution;

/// <summary>The node that a takeover takes the identity from: every call to it has a short limit, and none is made twice. What became of them is evidence.</summary>
internal sealed class LostNode(ValidatorPair pair, TakeoverPolicy policy, TimeSpan drain, TimeProvider time)
{
    // The first call opens the way, with a login. A node that did not answer then has a dead way, or goes on opening it.
    private const int LimitsToConnect = 3;

    private bool _isSealed;
    private bool _linkIsMoved;
    private bool _isStopped;
    private bool? _isFencedFromOutside;
    private string? _fenceSaid;
    private bool _wasAsked;
    private bool _wasChanged;

    /// <summary>What is known of it, as of the newest look.</summary>
    public SourceReach Reach { get; private set; } = new();

    /// <summary>What was read of it before this takeover changed anything there: what it must be given back if nothing comes of it.</summary>
    public NodeReading Before { get; private set; } = NodeReading.Of(pair.Source.Name, link: null, runs: null);

    /// <summary>Whether it can save no vote any more, so that the tower on its disk is its last.</summary>
    public bool HasVotedItsLast => _isSealed || _isStopped;

    private ValidatorNode Node => pair.Source;

    /// <summary>The newest slot of the chain when its fence had been asked: a vote for a later one is of somebody who was not fenced.</summary>
    public ulong? FencedAt { get; set; }

    /// <summary>Whether it has ever answered.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Looks at its link and its validator, and asks the adapter again if it has fenced the node.</summary>
    public async Task LookAsync()
    {
        var link = await BoundedCall.ReadAsync(_ => Node.Link.ReadAsync(CancellationToken.None), _wasAsked ? policy.CallLimit : LimitsToConnect * policy.CallLimit, time).ConfigureAwait(false);
        var answers = link.IsDone || link.Call.Failure is not (CallFailure.Unreachable or CallFailure.ConnectionLost or CallFailure.TimedOut or CallFailure.Unrecognised);
        _wasAsked = true;
        HasAnswered |= answers;
        var contact = answers ? await BoundedCall.ReadAsync(_ => Node.Host.GetContactInfoAsync(CancellationToken.None), policy.CallLimit, time).ConfigureAwait(false) : null;
        if (!_wasChanged && link.Value is not null)
        {
            Before = NodeReading.Of(Node.Name, link.Value, contact?.Value?.Identity);
        }

        var verified = _isFencedFromOutside == true
            ? await BoundedCall.RunAsync(_ => Node.Fence!.VerifyAsync(CancellationToken.None), policy.FenceLimit, time).ConfigureAwait(false)
            : null;
        var runsStaked = contact?.Value?.Identity.Equals(pair.StakedIdentity);
        Reach = new SourceReach
        {
            Name = Node.Name,
            ShellAnswers = answers,
            HasFence = Node.Fence is not null && _isFencedFromOutside != false,
            LinkIsUnstaked = link.Value is { } at ? at.Identity == IdentityRole.Unstaked : null,
            IsDemoted = !runsStaked,

            // One that does not answer in time hangs: a silence that is long enough speaks of that.
            MayRunStaked = runsStaked ?? contact is { IsDone: false, Call.Failure: not (CallFailure.ValidatorNotRunning or CallFailure.TimedOut or CallFailure.Unreachable or CallFailure.ConnectionLost) },
            IsSealed = _isSealed ? true : null,

            // Another process may have been started since. With its link moved before, it has the unstaked identity from its birth.
            IsStopped = _isStopped ? runsStaked != true : null,
            IsPoweredOff = verified?.IsDone,
            FenceSays = verified is null ? null : string.Join("; ", ((string?[])[_fenceSaid, verified.Detail]).Where(words => !string.IsNullOrWhiteSpace(words))) is { Length: > 0 } words ? words : null,
            FencedAt = FencedAt,
        };
    }

    public async Task<CallResult> MoveLinkAsync()
    {
        _wasChanged = true;
        var moved = await BoundedCall.RunAsync(_ => Node.Link.PointAtAsync(IdentityRole.Unstaked, CancellationToken.None), policy.CallLimit, time).ConfigureAwait(false);
        _linkIsMoved = moved.IsDone;
        return moved;
    }

    public Task<CallResult> DemoteAsync()
    {
        _wasChanged = true;
        return BoundedCall.RunAsync(_ => Node.Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, within: null, CancellationToken.None), policy.CallLimit, time);
    }

    /// <summary>Takes its voters away, which it does at once even where replay hangs, and reads its tower. Asked once more behind that, as in a switchover.</summary>
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
        _wasChanged = true;
        var stopped = await BoundedCall.RunAsync(_ => Node.Process!.StopAsync(CancellationToken.None), policy.StopLimit, time).ConfigureAwait(false);

        // Whatever starts it again behind that must have found its link moved.
        _isStopped = stopped.IsDone && (_linkIsMoved || Reach.LinkIsUnstaked == true);
        return stopped;
    }

    public async Task<CallResult> FenceFromOutsideAsync()
    {
        var fenced = await BoundedCall.RunAsync(_ => Node.Fence!.FenceAsync(CancellationToken.None), policy.FenceLimit, time).ConfigureAwait(false);

        // No answer is no reason not to ask: it may have been done.
        _isFencedFromOutside = fenced.Outcome != CallOutcome.NotDone;
        _fenceSaid = fenced.Detail;
        return fenced;
    }

    /// <summary>Reads the tower on its disk.</summary>
    public Task<CallResult<TowerFile>> ReadTowerAsync(TimeSpan wait) =>
        BoundedCall.ReadAsync(_ => pair.Towers.ReadAsync(NodeSide.Source, wait, CancellationToken.None), policy.CallLimit + wait, time);

    private Task<CallResult> SilenceAsync() => BoundedCall.RunAsync(_ => Node.Host.RemoveAllAuthorizedVotersAsync(CancellationToken.None), policy.CallLimit, time);
}
