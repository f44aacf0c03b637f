using Tachyon.Failover.Cluster;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Protocol;
using Tachyon.Failover.Timing;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Execution;

/// <summary>Carries out the steps, a method each. What comes next is decided elsewhere.</summary>
/// <remarks>
/// Steps of a leg may be started one behind the other without waiting: each sends its calls before it waits for anything, and the nodes
/// carry them out in that order.
/// </remarks>
internal sealed partial class SwitchoverSteps(ValidatorPair given, FailoverOptions options, string run, TimeProvider time, TakeoverCall? takeover = null) : IAsyncDisposable
{
    // The locks are a run's, not a coordinator's: two runs of one coordinator keep apart as well.
    private readonly string _holder = LockOwner.Of(options.Holder, run);
    private readonly List<string> _notes = [];
    private readonly GapMeter _gapMeter = new(given.Cluster, given.StakedIdentity, options.Slot, time);
    private ValidatorPair? _turned;
    private PairSurvey? _survey;
    private VoteAccount? _voteAccount;
    private JournalLook? _journal;
    private Tower? _leftover;
    private Tower? _final;
    private TowerFeed? _sourceFeed;
    private TowerFeed? _targetFeed;
    private Task<ulong?>? _sourceSlot;
    private bool _targetWasDemoted;
    private bool _targetMayHaveVoted;
    private Moment? _sealAsked;
    private long? _sealedAt;
    private TimeSpan? _ownWork;

    /// <summary>The pair by whose source and target the steps are meant. A recovery turns it, so that its source is the node that is to keep the identity.</summary>
    public ValidatorPair Pair => _turned ?? given;

    /// <summary>Gets a line from a step that takes long.</summary>
    public Action<SwitchoverStep, string> Note { get; init; } = static (_, _) => { };

    public PreflightReport Preflight { get; private set; } = new([], []);

    public GapReport? Gap { get; private set; }

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The votes that were seen of a node of the given pair. The source's final tower comes in from the target as well, as soon as it is delivered.</summary>
    public IEnumerable<SeenVote> VotesOf(NodeSide side) => side == NodeSide.Source
        ? _sourceFeed?.Votes ?? []
        : (_targetFeed?.Votes ?? []).Where(vote => !(vote.Slot <= _final?.LastVotedSlot));

    /// <summary>When the votes of a node of the given pair were seen no longer; null if they still are, or never were.</summary>
    public long? WatchedUntil(NodeSide side) => (side == NodeSide.Source ? _sourceFeed : _targetFeed)?.EndedAt;

    /// <summary>A node of the steps' pair as the journal is to know it; null before it was looked at.</summary>
    public JournalNode? Seen(NodeSide side) => side == NodeSide.Source && _lost is { } lost ? JournalNode.Of(lost.Before, given.StakedIdentity)
        : SurveyOf(side) is { } survey ? JournalNode.Of(survey, given.StakedIdentity)
        : null;

    /// <summary>How long it takes to a node of the given pair and back; null if it was not measured.</summary>
    public TimeSpan? RoundTrip(NodeSide side) => (side == NodeSide.Source ? _survey?.Source : _survey?.Target)?.RoundTrip;

    /// <summary>
    /// Where the staked identity is, looked at now: what the preflight saw may be an hour old. It counts only for a node that cannot be asked any more.
    /// </summary>
    public async Task<IdentityLocation> LocateAsync()
    {
        var source = takeover is null ? await RunsAsync(NodeSide.Source).ConfigureAwait(false) : await LostRunsAsync().ConfigureAwait(false);
        var target = await RunsAsync(NodeSide.Target).ConfigureAwait(false);
        return (source, target) switch
        {
            (true, false or null) => IdentityLocation.Source,
            (false or null, true) => IdentityLocation.Target,
            (false, false) => IdentityLocation.Nobody,
            _ => IdentityLocation.Unknown,
        };
    }

    /// <summary>Starts a step. Only steps before the fence can be given up.</summary>
    public async Task<StepObservation> RunAsync(SwitchoverStep step, CancellationToken cancellationToken)
    {
        try
        {
            return await (takeover is null ? StartAsync(step, cancellationToken) : StartForTakeoverAsync(step, cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was done of the step before is not known.
            return new StepObservation(step, CallResult.Unknown(CallFailure.Cancelled, "the caller gave up"));
        }
        catch (Exception exception)
        {
            // A part of an embedder may throw anything, in the middle of the gap; what it did before is not known, and the way goes on.
            return new StepObservation(step, CallResult.Unknown(CallFailure.Unrecognised, exception.Message));
        }
    }

    private Task<StepObservation> StartAsync(SwitchoverStep step, CancellationToken cancellationToken) => step switch
    {
        SwitchoverStep.Preflight => AsObservation(step, LookAsync(LookScope.Switchover.First, cancellationToken)),
        SwitchoverStep.RestartWindow => AsObservation(step, AwaitRestartWindowAsync(cancellationToken)),
        SwitchoverStep.Arm => ArmAsync(cancellationToken),
        SwitchoverStep.MoveSourceLink => AsObservation(step, Pair.Source.Link.PointAtAsync(IdentityRole.Unstaked, CancellationToken.None)),
        SwitchoverStep.Fence => AsObservation(step, FenceAsync()),
        SwitchoverStep.AwaitLastVote => AsObservation(step, Pair.Towers.AwaitVoteAsync(Silence, sinceLastWait: true, CancellationToken.None)),
        SwitchoverStep.Seal => AsObservation(step, SealAsync()),
        SwitchoverStep.Deliver => AsObservation(step, DeliverAsync()),
        SwitchoverStep.Promote => AsObservation(step, PromoteAsync()),
        SwitchoverStep.MoveTargetLink => AsObservation(step, Pair.Target.Link.PointAtAsync(IdentityRole.Staked, CancellationToken.None)),
        SwitchoverStep.Verify => VerifyAsync(),
        SwitchoverStep.Tidy => AsObservation(step, TidyAsync()),
        SwitchoverStep.SeeTargetVote => SeeVoteAsync(step, NodeSide.Target),
        SwitchoverStep.LookAtTarget => LookAtTargetAsync(),
        SwitchoverStep.SealTarget => AsObservation(step, Pair.Target.Host.RemoveAllAuthorizedVotersAsync(CancellationToken.None)),
        SwitchoverStep.DemoteTarget => AsObservation(step, DemoteTargetAsync()),
        SwitchoverStep.UnsealTarget => AsObservation(step, Pair.Target.Host.AddAuthorizedVotersAsync(CancellationToken.None)),
        SwitchoverStep.RestoreVoters => AsObservation(step, Pair.Source.Host.AddAuthorizedVotersAsync(CancellationToken.None)),
        SwitchoverStep.RestoreLink => AsObservation(step, Pair.Source.Link.PointAtAsync(_lost?.Before.Link?.Identity ?? IdentityRole.Staked, CancellationToken.None)),
        SwitchoverStep.LookAtSource => NodeLook.AtAsync(step, Pair, NodeSide.Source, SurveyOf(NodeSide.Source)?.ContactInfo.Value?.Gossip),
        SwitchoverStep.RestoreIdentity => AsObservation(step, RestoreIdentityAsync()),
        SwitchoverStep.SeeSourceVote => SeeVoteAsync(step, NodeSide.Source),
        SwitchoverStep.ClearTarget => AsObservation(step, ClearTargetAsync()),
        SwitchoverStep.Release => AsObservation(step, ReleaseAsync()),
        SwitchoverStep.Lock => AsObservation(step, LockAndSettleAsync(cancellationToken)),
        SwitchoverStep.Diagnose => DiagnoseAsync(cancellationToken),
        SwitchoverStep.RestoreTargetLink => AsObservation(step, MoveTargetLinkAwayAsync()),
        SwitchoverStep.ReturnVoters => AsObservation(step, ReturnVotersToOtherAsync()),
        SwitchoverStep.StopTarget => AsObservation(step, StopTargetAsync()),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "No such step."),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var feed in (TowerFeed?[])[_sourceFeed, _targetFeed])
        {
            if (feed is not null)
            {
                await feed.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<bool?> RunsAsync(NodeSide side)
    {
        // What the preflight saw may be seconds old: a node that does not say it now is not known.
        var look = side == NodeSide.Source ? SwitchoverStep.LookAtSource : SwitchoverStep.LookAtTarget;
        return (await NodeLook.AtAsync(look, Pair, side, gossip: null).ConfigureAwait(false)).Seen is { } seen ? seen == IdentityRole.Staked : null;
    }

    // What gossip says of a node that was demoted is old news.
    private Task<StepObservation> LookAtTargetAsync() => NodeLook.AtAsync(
        SwitchoverStep.LookAtTarget, Pair, NodeSide.Target, _targetWasDemoted ? null : SurveyOf(NodeSide.Target)?.ContactInfo.Value?.Gossip);

    private TimeSpan Silence => SilenceAt(options.Slot);

    /// <summary>Somewhat more than a slot: a vote that comes at all has come by then.</summary>
    internal static TimeSpan SilenceAt(TimeSpan slot) => slot + TimeSpan.FromMilliseconds(50);

    private static async Task<StepObservation> AsObservation(SwitchoverStep step, Task<CallResult> call) =>
        new(step, await call.ConfigureAwait(false));

    /// <summary>The first of several calls that is not done, or done.</summary>
    private static async Task<CallResult> AllAsync(params Task<CallResult>[] calls)
    {
        var results = await Task.WhenAll(calls).ConfigureAwait(false);
        return Array.Find(results, result => !result.IsDone) ?? CallResult.Done();
    }
}
