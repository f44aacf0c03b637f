using Tachyon.Failover.Identities;
using Tachyon.Failover.Takeover;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Execution;

/// <summary>The node that a takeover takes the identity from: every call to it has a short limit, and none is made twice. What became of them is evidence.</summary>
internal sealed class LostNode(ValidatorPair pair, TakeoverPolicy policy, TimeSpan drain, TimeProvider time)
{
    // The first call opens the way, with a login.
    private const int LimitsToConnect = 3;

    private bool _isSealed;
    private bool _isStopped;
    private bool? _isFencedFromOutside;
    private bool _hasAnswered;

    /// <summary>What is known of it, as of the newest look.</summary>
    public SourceReach Reach { get; private set; } = new();

    /// <summary>Whether it can save no vote any more, so that the tower on its disk is its last.</summary>
    public bool HasVotedItsLast => _isSealed || _isStopped;

    private ValidatorNode Node => pair.Source;

    /// <summary>Looks at its link and its validator, and asks the adapter again if it has fenced the node.</summary>
    public async Task LookAsync()
    {
        var link = await WithinLimit.AwaitAsync(() => Node.Link.ReadAsync(), _hasAnswered ? policy.CallLimit : LimitsToConnect * policy.CallLimit, time).ConfigureAwait(false);
        var answers = link.IsDone || link.Call.Failure is not (CallFailure.Unreachable or CallFailure.ConnectionLost or CallFailure.TimedOut or CallFailure.Unrecognised);
        _hasAnswered |= answers;
        var runs = answers ? (await WithinLimit.AwaitAsync(() => Node.Host.GetContactInfoAsync(), policy.CallLimit, time).ConfigureAwait(false)).Value : null;
        var runsStaked = runs?.Identity.Equals(pair.StakedIdentity);
        Reach = new SourceReach
        {
            ShellAnswers = answers,
            HasFence = Node.Fence is not null && _isFencedFromOutside != false,
            LinkIsUnstaked = link.Value is { } at ? at.Identity == IdentityRole.Unstaked : null,
            IsDemoted = !runsStaked,
            IsSealed = _isSealed ? true : null,

            // Another process may have been started since. With its link moved before, it has the unstaked identity from its birth.
            IsStopped = _isStopped ? runsStaked != true : null,
            IsPoweredOff = _isFencedFromOutside == true
                ? (await WithinLimit.AwaitAsync(() => Node.Fence!.VerifyAsync(), policy.FenceLimit, time).ConfigureAwait(false)).IsDone
                : null,
        };
    }

    public Task<CallResult> MoveLinkAsync() => WithinLimit.AwaitAsync(() => Node.Link.PointAtAsync(IdentityRole.Unstaked), policy.CallLimit, time);

    public Task<CallResult> DemoteAsync() => WithinLimit.AwaitAsync(() => Node.Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null), policy.CallLimit, time);

    /// <summary>Takes its voters away, which it does at once even where replay hangs, and reads its tower. Asked once more behind that, as in a switchover.</summary>
    /// <returns>The tower; it is final.</returns>
    public async Task<CallResult<TowerFile>> SealAsync()
    {
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
        var stopped = await WithinLimit.AwaitAsync(() => Node.Process!.StopAsync(), policy.StopLimit, time).ConfigureAwait(false);
        _isStopped = stopped.IsDone;
        return stopped;
    }

    public async Task<CallResult> FenceFromOutsideAsync()
    {
        var fenced = await WithinLimit.AwaitAsync(() => Node.Fence!.FenceAsync(), policy.FenceLimit, time).ConfigureAwait(false);

        // No answer is no reason not to ask: it may have been done.
        _isFencedFromOutside = fenced.Outcome != CallOutcome.NotDone;
        return fenced;
    }

    /// <summary>Reads the tower on its disk.</summary>
    public Task<CallResult<TowerFile>> ReadTowerAsync(TimeSpan wait) =>
        WithinLimit.AwaitAsync(() => pair.Towers.ReadAsync(NodeSide.Source, wait), policy.CallLimit + wait, time);

    private Task<CallResult> SilenceAsync() => WithinLimit.AwaitAsync(() => Node.Host.RemoveAllAuthorizedVotersAsync(), policy.CallLimit, time);
}
