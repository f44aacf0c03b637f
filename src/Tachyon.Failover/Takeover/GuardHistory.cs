using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Takeover;

/// <summary>What a guard has seen, and until when it waits. Pure: the same looks in the same order give the same.</summary>
/// <remarks>
/// <para>
/// It counts from the newest of three times, each taken so early that a watcher cannot have begun before: when the newest landed vote had not yet been shown, when its node was last seen
/// without the staked identity, and when the whole cluster was last seen standing still. The arithmetic is in docs/safety.md.
/// </para>
/// <para>
/// A guard that begins has seen nothing of what was before, and a watcher may have: so it counts from where the chain says that the newest vote was, and a node that is just coming up and sees nobody gets
/// no time at all. A vote that lands while the own validator is not up is somebody else's, and so is one that the own tower lacks.
/// </para>
/// </remarks>
internal sealed record GuardHistory
{
    /// <summary>The shortest that a slot is: the silence that slots show is not longer than they say.</summary>
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(400);

    /// <summary>A validator's own votes land so soon after its end, or not at all.</summary>
    private const ulong OwnVotesUnderWay = 8;

    private readonly GuardTimings _timings;
    private readonly string _own;

    private GuardHistory(GuardTimings timings, string own, TimeSpan startedAt)
    {
        _timings = timings;
        _own = own;
        CountsFrom = startedAt;
        Sightings = VoteSightings.Begin(new WatchRules { StandsStillAfter = timings.StandsStillAfter });
    }

    /// <summary>Whether the node runs the staked identity, as far as is known: until it was seen without, it may.</summary>
    public bool IsStaked { get; private init; } = true;

    /// <summary>Whether every witness answers, and none has seen a new slot for long: then it is the cluster that is silent.</summary>
    public bool StandsStill { get; private init; }

    /// <summary>Whether nobody has answered the newest look.</summary>
    public bool IsBlind { get; private init; } = true;

    /// <summary>From when on the silence counts.</summary>
    public TimeSpan CountsFrom { get; private init; }

    /// <summary>The slot of the newest landed vote that was seen; null if none was.</summary>
    public ulong? LastVote => Sightings.LastVote?.Slot;

    /// <summary>When the node is to be demoted, unless something is seen before.</summary>
    public TimeSpan Deadline => CountsFrom + _timings.DemoteAfter;

    private VoteSightings Sightings { get; init; }

    /// <summary>Whether votes land while the own validator is not up: somebody else has the identity.</summary>
    public bool SomebodyElseVotes { get; private init; }

    /// <summary>The newest landed vote, if two looks in a row found that the node's own tower, which held those before, does not have it; null otherwise. One look may see the end of a switchover.</summary>
    public ulong? ForeignVote { get; private init; }

    /// <summary>Whether the newest look found such a vote.</summary>
    private bool SawForeignVote { get; init; }

    /// <summary>Whether the tower that is read has held a vote that landed while the node was up: then it is the one that the validator writes.</summary>
    private bool KnowsTower { get; init; }

    /// <summary>Whether the node is coming up, and the first look saw nobody.</summary>
    private bool ComesBlindly { get; init; }

    private bool HasLooked { get; init; }

    /// <summary>When the newest vote that may be the own one had not yet been shown.</summary>
    private TimeSpan OwnVote { get; init; } = TimeSpan.MinValue;

    /// <summary>The newest landed vote when the own validator was first seen not to be up; null while it is.</summary>
    private ulong? VoteAtTheEnd { get; init; }

    /// <summary>The newest landed vote when one was first seen; null if none was. When it landed is told by the slots behind it alone.</summary>
    private ulong? VoteAtTheBeginning { get; init; }

    /// <summary>Since when the node was known to run nothing staked, or the cluster to stand still.</summary>
    private TimeSpan Excused { get; init; }

    /// <summary>A history that begins.</summary>
    /// <param name="timings">Its times.</param>
    /// <param name="own">Under which name the node itself is among the witnesses.</param>
    /// <param name="startedAt">When.</param>
    public static GuardHistory Begin(GuardTimings timings, string own, TimeSpan startedAt) => new(timings, own, startedAt) { Excused = startedAt };

    /// <summary>Whether the node is to be demoted now.</summary>
    public bool MustDemote(TimeSpan now) => IsStaked && !StandsStill && (now >= Deadline || SomebodyElseVotes || ForeignVote is not null || ComesBlindly);

    /// <summary>The history with one more look.</summary>
    /// <param name="look">What the witnesses said, the node itself among them.</param>
    /// <param name="node">What the node itself says.</param>
    /// <param name="ownVote">The newest vote in the node's own tower, read after the witnesses had said what they did; null if it was not read.</param>
    public GuardHistory After(WatchLook look, GuardedNode node, ulong? ownVote = null)
    {
        var sightings = Sightings.After(look);
        var staked = node == GuardedNode.Silent ? IsStaked : node != GuardedNode.Unstaked;
        var still = StandsStillIn(look, sightings);
        var isBlind = !look.Witnesses.Any(sightings.IsAnswer);
        var atTheEnd = node == GuardedNode.Coming ? VoteAtTheEnd ?? sightings.LastVote?.Slot : null;

        // Not credited to a node that is not seen to be up: the next look that sees it up credits it.
        var isUp = node == GuardedNode.Staked || (node == GuardedNode.Silent && look.Witnesses.Any(witness => witness.Name == _own && sightings.IsAnswer(witness)));
        // A vote is in the tower before it is sent: one that has landed and is newer than the tower was cast elsewhere.
        var foreign = KnowsTower && sightings.LastVote is { } landed && landed.Slot > ownVote ? landed.Slot : (ulong?)null;
        isUp &= foreign is null;
        var atTheBeginning = VoteAtTheBeginning ?? sightings.LastVote?.Slot;
        var own = isUp && sightings.LastVote is { } vote && vote.Slot > atTheBeginning ? vote.After : OwnVote;
        var excused = !staked || still ? look.At : HasLooked ? Excused : Beginning(look, sightings, node);
        return this with
        {
            Sightings = sightings,
            IsStaked = staked,
            StandsStill = still,
            IsBlind = isBlind,
            HasLooked = true,
            OwnVote = own,
            VoteAtTheBeginning = atTheBeginning,
            VoteAtTheEnd = atTheEnd,
            ForeignVote = SawForeignVote ? foreign : null,
            SawForeignVote = foreign is not null,
            KnowsTower = node != GuardedNode.Unstaked && (KnowsTower || (isUp && sightings.LastVote is { } known && known.Slot > VoteAtTheBeginning && known.Slot <= ownVote)),
            SomebodyElseVotes = atTheEnd is { } end && sightings.LastVote?.Slot > end + OwnVotesUnderWay,
            ComesBlindly = node == GuardedNode.Coming && isBlind && (!HasLooked || ComesBlindly),
            Excused = excused,
            CountsFrom = own > excused ? own : excused,
        };
    }

    /// <summary>From when on the silence counts of a node that runs the staked identity, or is coming up with it, when the guard begins: a watcher may have counted long before.</summary>
    private TimeSpan Beginning(WatchLook look, VoteSightings sightings, GuardedNode node)
    {
        if (sightings is { Slot: { } slot, LastVote.Slot: var vote } && slot > vote)
        {
            var before = look.At - ((slot - vote) * Slot);
            return before < Excused ? before : Excused;
        }

        return node == GuardedNode.Coming ? look.At : Excused;
    }

    /// <summary>
    /// One that does not answer may be going on, so all must; the node itself need not. A watcher acts by two witnesses that go on, and at most one of its own is not asked here: so what
    /// is seen to stand still here, it does not see going on.
    /// </summary>
    private bool StandsStillIn(WatchLook look, VoteSightings sightings)
    {
        var others = look.Witnesses.Where(witness => witness.Name != _own).ToList();
        return others.Count > 0
            && others.TrueForAll(sightings.IsAnswer)
            && look.Witnesses.Where(sightings.IsAnswer).All(witness => look.At - sightings.Known[witness.Name].AdvancedBy >= _timings.StandsStillAfter);
    }
}
