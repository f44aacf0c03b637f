using Tachyon.Failover.Identities;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>
/// Watches a simulated pair from outside: what its nodes sign, what lands, what is on their disks. It asks no coordinator what it believes, but holds against it what
/// its results say.
/// </summary>
internal sealed class PairJudge
{
    private readonly SimulatedPair _pair;
    private readonly DateTimeOffset _start;
    private readonly List<BrokenInvariant> _broken = [];

    public PairJudge(SimulatedPair pair)
    {
        _pair = pair;
        _start = pair.Cluster.Events.Now;
        foreach (var node in new[] { pair.A, pair.B })
        {
            node.Changed += LookAtNodes;
        }
    }

    /// <summary>What was broken, each invariant once.</summary>
    public IReadOnlyList<BrokenInvariant> Broken => _broken;

    private ChainModel Chain => _pair.Cluster.Chain;

    /// <summary>The verdict on votes and towers, once the story is over.</summary>
    public void LookAtVotes()
    {
        var votes = Chain.Votes.Where(vote => vote.Identity.Equals(_pair.Cluster.Identities.Staked)).ToList();
        if (TowerContinuity.FindBreak(votes) is { } @break)
        {
            Break(Invariant.OneTower, @break);
        }

        if (votes.Find(IsRefused) is { } refused)
        {
            Break(Invariant.NoRefusedVotes, $"{votes.Count(IsRefused)} refused, the first {refused.Error} of {refused.Node} for slot {refused.Slot}");
        }

        var newest = votes.MaxBy(vote => vote.SignedAt)!;
        if (!new[] { _pair.A, _pair.B }.SelectMany(TowersOf).Any(tower => tower.LastSlot >= newest.Slot))
        {
            Break(Invariant.NoTowerLost, $"no tower holds the vote of {newest.Node} for slot {newest.Slot}");
        }
    }

    /// <summary>No coordinator is at work any more.</summary>
    public void LookAtLocks()
    {
        foreach (var node in new[] { _pair.A, _pair.B })
        {
            if (node.Lock.Owner is not null)
            {
                Break(Invariant.NoLockLeft, $"the lock of {node.Name} is held by {node.Lock.Holder}");
            }
        }
    }

    /// <summary>Holds a claim against the truth.</summary>
    public void Check(bool isTrue, string claim)
    {
        if (!isTrue)
        {
            Break(Invariant.ResultsAreTrue, $"{claim}; {Describe()}");
        }
    }

    public void Break(Invariant invariant, string what)
    {
        if (!_broken.Exists(broken => broken.Invariant == invariant))
        {
            _broken.Add(new BrokenInvariant(invariant, _pair.Cluster.Events.Now - _start, what));
        }
    }

    /// <summary>The state of both nodes in a line.</summary>
    /// <param name="withTowers">Whether to tell of the towers, which change all the time.</param>
    public string Describe(bool withTowers = true) => string.Join("; ", new[] { _pair.A, _pair.B }.Select(node =>
    {
        var runs = node.Process is null ? "is down" : node.RunsStaked ? "is staked" : "is unstaked";
        var tower = withTowers ? $"tower {node.Towers.Current?.LastSlot}" : node.Towers.Current is null ? "no tower" : "a tower";
        return $"{node.Name} {runs}, voters {node.Process?.HasAuthorizedVoter}, link {node.Link}, {tower}";
    }));

    private static IEnumerable<SimulatedTower> TowersOf(SimulatedNode node) =>
        node.Towers.Current is { } current ? node.Towers.Aside.Append(current) : node.Towers.Aside;

    private bool IsRefused(SentVote vote) =>
        vote.Error is not (null or VoteError.VoteTooOld) && !(vote.Error == VoteError.SlotsMismatch && vote.Stack.Votes.Any(entry => Chain.IsOrphan(entry.Slot)));

    private void LookAtNodes()
    {
        var (a, b) = (_pair.A, _pair.B);
        if (a.CanVote && b.CanVote)
        {
            Break(Invariant.OneVoter, Describe());
        }

        // A restart gives a node the identity that its link names, and its voters.
        if (a.Link == IdentityRole.Staked && b.Link == IdentityRole.Staked)
        {
            Break(Invariant.RestartsAreSafe, $"both would come back as staked; {Describe()}");
        }
        else if ((a.Link == IdentityRole.Staked && b.CanVote) || (b.Link == IdentityRole.Staked && a.CanVote))
        {
            Break(Invariant.RestartsAreSafe, $"the one would come back as staked while the other votes; {Describe()}");
        }
    }
}
