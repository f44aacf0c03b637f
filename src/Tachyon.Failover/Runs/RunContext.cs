using Tachyon.Failover.Cluster;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>
/// What the steps of one run share: the pair, the options, the clock, and the facts that steps hand to each other. Each fact has one writer, and its comment names the step.
/// </summary>
internal sealed class RunContext : IAsyncDisposable
{
    private readonly List<FailoverNote> _notes = [];

    public RunContext(ValidatorPair given, FailoverOptions options, RunId runId, TimeProvider time, TakeoverCall? call = null)
    {
        (Given, Pair, Options, RunId, Time) = (given, given, options, runId, time);

        // The locks belong to a run, not to a coordinator: two runs of one coordinator exclude each other as well.
        Holder = LockOwner.Of(options.Holder, runId);
        Takeover = call is null ? null : new TakeoverContext(this, call);
    }

    /// <summary>The pair of the caller.</summary>
    public ValidatorPair Given { get; }

    /// <summary>The pair whose source and target the steps mean. A recovery turns it, so that its source is the keeper.</summary>
    public ValidatorPair Pair { get; private set; }

    public FailoverOptions Options { get; }

    public RunId RunId { get; }

    public TimeProvider Time { get; }

    /// <summary>The text in the locks of this run.</summary>
    public string Holder { get; }

    /// <summary>What only a takeover knows; null in other runs.</summary>
    public TakeoverContext? Takeover { get; }

    /// <summary>Receives progress text of a step that takes long.</summary>
    public Action<FailoverStep, string> Progress { get; init; } = static (_, _) => { };

    /// <summary>The notes of the result. Every step may add one.</summary>
    public IReadOnlyList<FailoverNote> Notes => _notes;

    /// <summary>Preflight, and Prepare again: the report.</summary>
    public PreflightReport Preflight { get; set; } = new([], []);

    /// <summary>Preflight, and Prepare again. In a recovery: Diagnose.</summary>
    public PairSurvey? Survey { get; set; }

    /// <summary>With <see cref="Survey"/>: the vote account as it was then. It stays if a later look does not find it.</summary>
    public VoteAccount? VoteAccount { get; set; }

    /// <summary>Preflight, and Prepare again: what the journal says.</summary>
    public JournalReading? Journal { get; set; }

    /// <summary>AwaitRestartWindow: the window that was found; null if none was asked for.</summary>
    public OpenWindow? Window { get; set; }

    /// <summary>Prepare: the tower of the staked identity that lay on the target. In a recovery: the other node's, as Diagnose saw it.</summary>
    public Tower? Leftover { get; set; }

    /// <summary>Prepare: the towers of the source.</summary>
    public TowerFeed? SourceFeed { get; set; }

    /// <summary>Prepare: the towers of the target.</summary>
    public TowerFeed? TargetFeed { get; set; }

    /// <summary>SealSource. In a takeover whose source could not be sealed: ChooseTower.</summary>
    public Tower? FinalTower { get; set; }

    /// <summary>SealSource: when the last proof that the source is sealed was asked for. The promotion's time counts from here.</summary>
    public Moment? SealAsked { get; set; }

    /// <summary>SealSource: when it was answered.</summary>
    public long? SealedAt { get; set; }

    /// <summary>PromoteTarget: the coordinator's own time between the seal and the promotion.</summary>
    public TimeSpan? OwnWork { get; set; }

    /// <summary>PromoteTarget: when this run promoted each node, by the clock of this machine.</summary>
    public Dictionary<string, DateTimeOffset> Taken { get; } = new(StringComparer.Ordinal);

    /// <summary>PromoteTarget: whether its answer was lost, so that the target may have voted.</summary>
    public bool TargetMayHaveVoted { get; set; }

    /// <summary>PromoteTarget or PromoteKeeper: when the node that is to vote took the identity.</summary>
    public Moment? IdentityTaken { get; set; }

    /// <summary>Verify and the last probe: when the node that is to vote was last asked whether it does.</summary>
    public Moment? VoterProbedAt { get; set; }

    /// <summary>Verify: the newest slot that the source has replayed.</summary>
    public Task<ulong?>? SourceSlot { get; set; }

    /// <summary>Verify: measures what the switchover cost, while the run continues.</summary>
    public GapMeasurement? Measurement { get; set; }

    /// <summary>The last probe: what the switchover cost.</summary>
    public GapReport? Gap { get; set; }

    /// <summary>DemoteOther: whether the node was demoted. Gossip is then outdated.</summary>
    public bool OtherWasDemoted { get; set; }

    /// <summary>Diagnose: the newest probe of both nodes; null before the first.</summary>
    public PairProbe? Probe { get; set; }

    /// <summary>MoveOtherLink: whether a diagnosis asks both validators everything. One that hangs does not answer, so the link of a lost node is moved first, if possible.</summary>
    public bool AsksEverything { get; set; }

    /// <summary>Whether the target was started with the option by which it leads at once after it has taken an identity; false if its start command is unknown.</summary>
    public bool TargetLeadsAtOnce => SurveyOf(NodeSide.Target)?.Inspection.Value?.Process?.LeadsAtOnce == true;

    /// <summary>AwaitRestartWindow: how much of the window must be left at the demotion.</summary>
    public TimeSpan IdleAtDemotion { get; set; }

    /// <summary>Somewhat more than a slot. A vote that still comes arrives within this time.</summary>
    public TimeSpan Silence => SilenceAt(Options.Slot);

    /// <summary>The newest vote of the tower that the target got, or that it rebuilt from the chain; null before that.</summary>
    public ulong? LastKnownVote => FinalTower?.LastVotedSlot ?? Takeover?.RebuiltFrom;

    /// <summary>The source's final tower must contain every vote that was seen of it, and the votes that the target once had.</summary>
    public Tower? NewestKnown => SourceFeed?.Newest is { } seen && !(seen.LastVotedSlot < Leftover?.LastVotedSlot) ? seen : Leftover;

    /// <summary>The silence after a vote, for a length of a slot.</summary>
    public static TimeSpan SilenceAt(TimeSpan slot) => slot + TimeSpan.FromMilliseconds(50);

    public void Note(string code, string? node, string text, params (string Name, object? Value)[] data) => _notes.Add(new FailoverNote(code, node, text, data));

    /// <summary>Notes where a tower went that was moved aside.</summary>
    public void NoteAside(ValidatorNode node, CallResult aside)
    {
        if (aside is { IsDone: true, Detail: { } path })
        {
            Note(NoteCodes.TowerMovedAside, node.Name, $"The tower of {node.Name} is now {path}, so that no stale tower is used later.", ("path", path));
        }
    }

    /// <summary>Uses the given pair for the steps, or the same pair with source and target exchanged.</summary>
    public void Turn(bool isTurned)
    {
        Pair = isTurned ? Given with { Source = Given.Target, Target = Given.Source } : Given;

        // The keeper must know what the other node voted for.
        Leftover = Probe?.TowerOn(GivenSide(NodeSide.Target)) is { IsUsable: true } other ? other.Tower : null;
    }

    /// <summary>A side of the steps' pair as a side of the given pair: the tower transport knows the nodes by that direction.</summary>
    public NodeSide GivenSide(NodeSide side) => ReferenceEquals(Pair, Given) ? side : side.Other();

    /// <summary>What was read of a node of the steps' pair; null before the first probe.</summary>
    public NodeSurvey? SurveyOf(NodeSide side) => GivenSide(side) == NodeSide.Source ? Survey?.Source : Survey?.Target;

    /// <summary>The votes that were seen of a node of the given pair. The source's list also gets its final tower from the target, after delivery.</summary>
    public IEnumerable<SeenVote> VotesOf(NodeSide side) => side == NodeSide.Source
        ? SourceFeed?.Votes ?? []
        : (TargetFeed?.Votes ?? []).Where(vote => !(vote.Slot <= FinalTower?.LastVotedSlot));

    /// <summary>The towers of a node of the given pair; null if they were never streamed.</summary>
    public TowerFeed? FeedOf(NodeSide side) => side == NodeSide.Source ? SourceFeed : TargetFeed;

    /// <summary>When the stream of a node of the given pair ended; null if it still runs or never ran.</summary>
    public long? WatchedUntil(NodeSide side) => FeedOf(side)?.EndedAt;

    /// <summary>A node of the steps' pair as the journal identifies it; null before the first probe.</summary>
    public JournalNode? Seen(NodeSide side) => side == NodeSide.Source && Takeover is { } takeover ? JournalNode.Of(takeover.Lost.Before, Given.StakedIdentity)
        : SurveyOf(side) is { } survey ? survey.InJournal(Given.StakedIdentity)
        : null;

    /// <summary>The round-trip time to a node of the given pair; null if it was not measured.</summary>
    public TimeSpan? RoundTrip(NodeSide side) => (side == NodeSide.Source ? Survey?.Source : Survey?.Target)?.RoundTrip;

    public async ValueTask DisposeAsync()
    {
        foreach (var part in (IAsyncDisposable?[])[Measurement, SourceFeed, TargetFeed])
        {
            if (part is not null)
            {
                await part.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
