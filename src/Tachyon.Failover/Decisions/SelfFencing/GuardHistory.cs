namespace Tachyon.Failover.Decisions;

/// <summary>What a guard has seen, and when it demotes its node. Pure: the same looks in the same order give the same result.</summary>
/// <remarks>
/// <para>
/// It counts from the newest of three times, each so early that a monitor cannot have started later: before the newest landed vote was shown, when its node was last seen
/// without the staked identity, and when the whole cluster was last seen halted. The arithmetic is in docs/safety.md.
/// </para>
/// <para>
/// A new guard has not seen the time before its start, but a monitor may have. So it counts from the newest vote's place in the chain, and a starting node without an answering witness gets
/// no time at all. A landed vote comes from another node if the own validator is not up, or if the own tower lacks it.
/// </para>
/// </remarks>
internal sealed record GuardHistory
{
    /// <summary>The shortest length of a slot, so that the silence computed from slots is never too long.</summary>
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(400);

    /// <summary>A validator's own votes land within so many slots after its end, or never.</summary>
    private const ulong OwnVotesUnderWay = 8;

    private readonly GuardTimings _timings;
    private readonly string _own;

    private GuardHistory(GuardTimings timings, string own, TimeSpan startedAt)
    {
        _timings = timings;
        _own = own;
        CountsFrom = startedAt;
        Sightings = VoteSightings.Begin(new DetectionRules { HaltedAfter = timings.HaltedAfter });
    }

    /// <summary>Whether the node runs the staked identity. True until it was seen without it.</summary>
    public bool IsStaked { get; private init; } = true;

    /// <summary>Whether every witness answers, and none has seen a new slot for long. Then the cluster is halted.</summary>
    public bool StandsStill { get; private init; }

    /// <summary>Whether no witness answered in the newest probe.</summary>
    public bool IsBlind { get; private init; } = true;

    /// <summary>The time from which the silence counts.</summary>
    public TimeSpan CountsFrom { get; private init; }

    /// <summary>The slot of the newest landed vote; null if none was seen.</summary>
    public ulong? LastVote => Sightings.LastVote?.Slot;

    /// <summary>When the node is demoted if nothing new is seen.</summary>
    public TimeSpan Deadline => CountsFrom + _timings.DemoteAfter;

    private VoteSightings Sightings { get; init; }

    /// <summary>Whether votes land while the own validator is not up: another node has the identity.</summary>
    public bool SomebodyElseVotes { get; private init; }

    /// <summary>The newest landed vote, if two probes in a row found that the node's own tower, which held the earlier ones, lacks it; null otherwise. A single probe may see the end of a switchover.</summary>
    public ulong? ForeignVote { get; private init; }

    /// <summary>Whether the newest probe found such a vote.</summary>
    private bool SawForeignVote { get; init; }

    /// <summary>Whether the tower has held a vote that landed while the node was up. Then it is the tower that the validator writes.</summary>
    private bool KnowsTower { get; init; }

    /// <summary>The validator is starting, and no witness answered the first probe.</summary>
    private bool StartedUnobserved { get; init; }

    private bool HasProbed { get; init; }

    /// <summary>The last time at which the newest vote that may be its own had not been shown.</summary>
    private TimeSpan OwnVote { get; init; } = TimeSpan.MinValue;

    /// <summary>The newest landed vote when the own validator was first seen down; null while it is up.</summary>
    private ulong? VoteAtTheEnd { get; init; }

    /// <summary>The newest landed vote at the first sighting; null if none was seen. Only the slots after it show when it landed.</summary>
    private ulong? VoteAtTheBeginning { get; init; }

    /// <summary>Last time at which silence was harmless: the node ran the unstaked identity, or the cluster was halted.</summary>
    private TimeSpan SilenceExcusedUntil { get; init; }

    /// <summary>Creates a new history.</summary>
    /// <param name="timings">The times of the guard.</param>
    /// <param name="own">The name of the node itself among the witnesses.</param>
    /// <param name="startedAt">The start time.</param>
    public static GuardHistory Begin(GuardTimings timings, string own, TimeSpan startedAt) => new(timings, own, startedAt) { SilenceExcusedUntil = startedAt };

    /// <summary>Whether the node must be demoted now.</summary>
    public bool MustDemote(TimeSpan now) => IsStaked && !StandsStill && (now >= Deadline || SomebodyElseVotes || ForeignVote is not null || StartedUnobserved);

    /// <summary>The history after one more look.</summary>
    /// <param name="look">The answers of the witnesses, with the node itself among them.</param>
    /// <param name="node">The state that the node itself reports.</param>
    /// <param name="ownVote">The newest vote in the node's own tower, read after the witnesses' answers; null if it was not read.</param>
    public GuardHistory After(MonitorReading look, GuardedNode node, ulong? ownVote = null)
    {
        var sightings = Sightings.After(look);
        var staked = node == GuardedNode.Silent ? IsStaked : node != GuardedNode.Unstaked;
        var still = StandsStillIn(look, sightings);
        var isBlind = !look.Witnesses.Any(sightings.IsAnswer);
        var atTheEnd = node == GuardedNode.Coming ? VoteAtTheEnd ?? sightings.LastVote?.Slot : null;

        // A node that is not seen up gets no credit; the next look that sees it up gives it.
        var isUp = node == GuardedNode.Staked || (node == GuardedNode.Silent && look.Witnesses.Any(witness => witness.Name == _own && sightings.IsAnswer(witness)));
        // A vote is in the tower before it is sent. A landed vote that is newer than the tower was cast by another node.
        var foreign = KnowsTower && sightings.LastVote is { } landed && landed.Slot > ownVote ? landed.Slot : (ulong?)null;
        isUp &= foreign is null;
        var atTheBeginning = VoteAtTheBeginning ?? sightings.LastVote?.Slot;
        var own = isUp && sightings.LastVote is { } vote && vote.Slot > atTheBeginning ? vote.After : OwnVote;
        var excused = !staked || still ? look.At : HasProbed ? SilenceExcusedUntil : Beginning(look, sightings, node);
        return this with
        {
            Sightings = sightings,
            IsStaked = staked,
            StandsStill = still,
            IsBlind = isBlind,
            HasProbed = true,
            OwnVote = own,
            VoteAtTheBeginning = atTheBeginning,
            VoteAtTheEnd = atTheEnd,
            ForeignVote = SawForeignVote ? foreign : null,
            SawForeignVote = foreign is not null,
            KnowsTower = node != GuardedNode.Unstaked && (KnowsTower || (isUp && sightings.LastVote is { } known && known.Slot > VoteAtTheBeginning && known.Slot <= ownVote)),
            SomebodyElseVotes = atTheEnd is { } end && sightings.LastVote?.Slot > end + OwnVotesUnderWay,
            StartedUnobserved = node == GuardedNode.Coming && isBlind && (!HasProbed || StartedUnobserved),
            SilenceExcusedUntil = excused,
            CountsFrom = own > excused ? own : excused,
        };
    }

    /// <summary>From when the silence counts if the node runs the staked identity, or starts with it, when the guard begins: a monitor may have counted long before.</summary>
    private TimeSpan Beginning(MonitorReading look, VoteSightings sightings, GuardedNode node)
    {
        if (sightings is { Slot: { } slot, LastVote.Slot: var vote } && slot > vote)
        {
            var before = look.At - ((slot - vote) * Slot);
            return before < SilenceExcusedUntil ? before : SilenceExcusedUntil;
        }

        return node == GuardedNode.Coming ? look.At : SilenceExcusedUntil;
    }

    /// <summary>
    /// All witnesses must answer, because a silent witness may be advancing; the node itself need not. A monitor acts on two advancing witnesses, and at most one of them is not asked here.
    /// So a cluster that seems halted here does not look alive to the monitor.
    /// </summary>
    private bool StandsStillIn(MonitorReading look, VoteSightings sightings)
    {
        var others = look.Witnesses.Where(witness => witness.Name != _own).ToList();
        return others.Count > 0
            && others.TrueForAll(sightings.IsAnswer)
            && look.Witnesses.Where(sightings.IsAnswer).All(witness => look.At - sightings.Known[witness.Name].AdvancedBy >= _timings.HaltedAfter);
    }
}
