using Tachyon.Failover.Cluster;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Executes the steps, one method each. The protocol decides the order.</summary>
/// <remarks>
/// Steps of a batch may be started one after the other without waiting: each sends its calls before its first await,
/// and the nodes execute them in that order.
/// </remarks>
internal sealed partial class SwitchoverSteps(ValidatorPair given, FailoverOptions options, string run, TimeProvider time, TakeoverCall? takeover = null) : IAsyncDisposable
{
    // What a result says of a node is never older than this.
    private static readonly TimeSpan LocateLimit = TimeSpan.FromSeconds(2);
    private const int LocateTries = 3;

    // The locks belong to a run, not to a coordinator: two runs of one coordinator exclude each other as well.
    private readonly string _holder = LockOwner.Of(options.Holder, run);
    private readonly List<string> _notes = [];
    private readonly GapMeter _gapMeter = new(given.Cluster, given.StakedIdentity, options.Slot, time);
    private ValidatorPair? _turned;
    private PairSurvey? _survey;
    private VoteAccount? _voteAccount;
    private JournalReading? _journal;
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

    /// <summary>The pair whose source and target the steps mean. A recovery turns it, so that its source is the keeper.</summary>
    public ValidatorPair Pair => _turned ?? given;

    /// <summary>Receives progress text of a step that takes long.</summary>
    public Action<FailoverStep, string> Note { get; init; } = static (_, _) => { };

    public PreflightReport Preflight { get; private set; } = new([], []);

    public GapReport? Gap { get; private set; }

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The votes that were seen of a node of the given pair. The source's list also gets its final tower from the target, after delivery.</summary>
    public IEnumerable<SeenVote> VotesOf(NodeSide side) => side == NodeSide.Source
        ? _sourceFeed?.Votes ?? []
        : (_targetFeed?.Votes ?? []).Where(vote => !(vote.Slot <= _final?.LastVotedSlot));

    /// <summary>When the stream of a node of the given pair ended; null if it still runs or never ran.</summary>
    public long? WatchedUntil(NodeSide side) => (side == NodeSide.Source ? _sourceFeed : _targetFeed)?.EndedAt;

    /// <summary>A node of the steps' pair as the journal identifies it; null before the first probe.</summary>
    public JournalNode? Seen(NodeSide side) => side == NodeSide.Source && _lost is { } lost ? JournalNode.Of(lost.Before, given.StakedIdentity)
        : SurveyOf(side) is { } survey ? JournalNode.Of(survey, given.StakedIdentity)
        : null;

    /// <summary>The round-trip time to a node of the given pair; null if it was not measured.</summary>
    public TimeSpan? RoundTrip(NodeSide side) => (side == NodeSide.Source ? _survey?.Source : _survey?.Target)?.RoundTrip;

    /// <summary>
    /// Asks both nodes at once which identity they run now: all earlier reads may be an hour old. A node that does not answer within <see cref="LocateLimit"/> counts as unknown.
    /// </summary>
    public async Task<IdentityLocation> LocateAsync()
    {
        for (var tries = 0; tries < LocateTries; tries++)
        {
            var asked = Moment.Now(time);
            var source = RunsStakedAsync(given.Source);
            var target = RunsStakedAsync(given.Target);
            var place = Whereabouts.Of(await source.ConfigureAwait(false), await target.ConfigureAwait(false));

            // This machine may have slept since it asked. Its timers slept too, so the limit did not end the call.
            if (asked.Age(time) <= LocateLimit + LocateLimit)
            {
                return place;
            }
        }

        return IdentityLocation.Unknown;
    }

    /// <summary>Starts a step. Only steps before the fence can be canceled.</summary>
    public async Task<StepObservation> RunAsync(FailoverStep step, CancellationToken cancellationToken)
    {
        try
        {
            return await (takeover is null ? StartAsync(step, cancellationToken) : StartForTakeoverAsync(step, cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It is unknown what the step did before.
            return new StepObservation(step, CallResult.Unknown(CallFailure.Canceled, "the caller canceled"));
        }
        catch (Exception exception)
        {
            // A part of an embedder may throw anything, even in the gap. What it did before is unknown, and the run continues.
            return new StepObservation(step, CallResult.Unknown(CallFailure.Unrecognized, exception.Message));
        }
    }

    private Task<StepObservation> StartAsync(FailoverStep step, CancellationToken cancellationToken) => step switch
    {
        FailoverStep.Preflight => AsObservation(step, LookAsync(SurveyScope.Switchover.First, cancellationToken)),
        FailoverStep.AwaitRestartWindow => AsObservation(step, AwaitRestartWindowAsync(cancellationToken)),
        FailoverStep.Prepare => ArmAsync(cancellationToken),
        FailoverStep.MoveSourceLink => AsObservation(step, Pair.Source.Link.PointAtAsync(IdentityRole.Unstaked, CancellationToken.None)),
        FailoverStep.DemoteSource => AsObservation(step, FenceAsync()),
        FailoverStep.AwaitLastVote => AsObservation(step, Pair.Towers.AwaitVoteAsync(Silence, sinceLastWait: true, CancellationToken.None)),
        FailoverStep.SealSource => AsObservation(step, SealAsync()),
        FailoverStep.DeliverTower => AsObservation(step, DeliverAsync()),
        FailoverStep.PromoteTarget => AsObservation(step, PromoteAsync()),
        FailoverStep.MoveTargetLink => AsObservation(step, Pair.Target.Link.PointAtAsync(IdentityRole.Staked, CancellationToken.None)),
        FailoverStep.Verify => VerifyAsync(),
        FailoverStep.CleanUp => AsObservation(step, TidyAsync()),
        FailoverStep.SeeTargetVote => SeeVoteAsync(step, NodeSide.Target),
        FailoverStep.ProbeOther => LookAtTargetAsync(),
        FailoverStep.SealOther => AsObservation(step, Pair.Target.Host.RemoveAllAuthorizedVotersAsync(CancellationToken.None)),
        FailoverStep.DemoteOther => AsObservation(step, DemoteTargetAsync()),
        FailoverStep.UnsealTarget => AsObservation(step, Pair.Target.Host.AddAuthorizedVotersAsync(CancellationToken.None)),
        FailoverStep.ReturnKeeperVoters => AsObservation(step, Pair.Source.Host.AddAuthorizedVotersAsync(CancellationToken.None)),
        FailoverStep.MoveKeeperLink => AsObservation(step, Pair.Source.Link.PointAtAsync(_lost?.Before.Link?.Identity ?? IdentityRole.Staked, CancellationToken.None)),
        FailoverStep.ProbeKeeper => NodeProbe.AtAsync(step, Pair, NodeSide.Source, SurveyOf(NodeSide.Source)?.ContactInfo.Value?.Gossip),
        FailoverStep.PromoteKeeper => AsObservation(step, RestoreIdentityAsync()),
        FailoverStep.SeeKeeperVote => SeeVoteAsync(step, NodeSide.Source),
        FailoverStep.MoveOtherTowerAside => AsObservation(step, ClearTargetAsync()),
        FailoverStep.ReleaseLocks => AsObservation(step, ReleaseAsync()),
        FailoverStep.TakeLocks => AsObservation(step, LockAndSettleAsync(cancellationToken)),
        FailoverStep.Diagnose => DiagnoseAsync(cancellationToken),
        FailoverStep.MoveOtherLink => AsObservation(step, MoveTargetLinkAwayAsync()),
        FailoverStep.ReturnOtherVoters => AsObservation(step, ReturnVotersToOtherAsync()),
        FailoverStep.StopOther => AsObservation(step, StopTargetAsync()),
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

    private async Task<bool?> RunsStakedAsync(ValidatorNode node)
    {
        var runs = await BoundedCall.ReadAsync(
            async _ => (await NodeProbe.IdentityOfAsync(node).ConfigureAwait(false)).Identity is { } identity ? CallResult.Read(identity) : CallResult.Unknown(CallFailure.Unrecognized),
            LocateLimit,
            time).ConfigureAwait(false);
        return runs.Value?.Equals(given.StakedIdentity);
    }

    // After a demotion, gossip is outdated.
    private Task<StepObservation> LookAtTargetAsync() => NodeProbe.AtAsync(
        FailoverStep.ProbeOther, Pair, NodeSide.Target, _targetWasDemoted ? null : SurveyOf(NodeSide.Target)?.ContactInfo.Value?.Gossip);

    private TimeSpan Silence => SilenceAt(options.Slot);

    /// <summary>Somewhat more than a slot. A vote that still comes arrives within this time.</summary>
    internal static TimeSpan SilenceAt(TimeSpan slot) => slot + TimeSpan.FromMilliseconds(50);

    private static async Task<StepObservation> AsObservation(FailoverStep step, Task<CallResult> call) =>
        new(step, await call.ConfigureAwait(false));

    /// <summary>Returns the first result that is not Done, otherwise Done.</summary>
    private static async Task<CallResult> AllAsync(params Task<CallResult>[] calls)
    {
        var results = await Task.WhenAll(calls).ConfigureAwait(false);
        return Array.Find(results, result => !result.IsDone) ?? CallResult.Done();
    }
}
