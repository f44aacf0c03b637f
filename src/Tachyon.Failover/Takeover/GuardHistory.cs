using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Takeover;

/// <summary>What a guard has seen, and until when it waits. Pure: the same looks in the same order give the same.</summary>
/// <remarks>
/// It counts from the newest of three times, each taken so early that a watcher cannot have begun before: when the newest landed vote had not yet been shown, when its node was last seen
/// without the staked identity, and when the whole cluster was last seen standing still. The arithmetic is in docs/safety.md.
/// </remarks>
internal sealed record GuardHistory
{
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

    /// <summary>Since when the node was known to run nothing staked, or the cluster to stand still.</summary>
    private TimeSpan Excused { get; init; }

    /// <summary>A history that begins.</summary>
    /// <param name="timings">Its times.</param>
    /// <param name="own">Under which name the node itself is among the witnesses.</param>
    /// <param name="startedAt">When.</param>
    public static GuardHistory Begin(GuardTimings timings, string own, TimeSpan startedAt) => new(timings, own, startedAt) { Excused = startedAt };

    /// <summary>Whether the node is to be demoted now.</summary>
    public bool MustDemote(TimeSpan now) => IsStaked && !StandsStill && now >= Deadline;

    /// <summary>The history with one more look.</summary>
    /// <param name="look">What the witnesses said, the node itself among them.</param>
    /// <param name="isStaked">Whether the node runs the staked identity; null if it does not say, and then it is as before.</param>
    public GuardHistory After(WatchLook look, bool? isStaked)
    {
        var sightings = Sightings.After(look);
        var staked = isStaked ?? IsStaked;
        var still = StandsStillIn(look, sightings);
        var excused = !staked || still ? look.At : Excused;
        var vote = sightings.LastVote?.After ?? TimeSpan.MinValue;
        return this with
        {
            Sightings = sightings,
            IsStaked = staked,
            StandsStill = still,
            IsBlind = !look.Witnesses.Any(sightings.IsAnswer),
            Excused = excused,
            CountsFrom = vote > excused ? vote : excused,
        };
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
