using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Judge;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation;

/// <summary>
/// Observes a simulated pair from outside: what its nodes sign, what lands, what is on their disks. It does not rely on any coordinator; it compares each coordinator's
/// results with the truth.
/// </summary>
/// <remarks>Not thread-safe. It observes which node can vote from the beginning. It reads votes, towers and locks on request.</remarks>
public sealed class PairJudge
{
    private readonly SimulatedPair _pair;
    private readonly DateTimeOffset _start;
    private readonly List<BrokenInvariant> _broken = [];
    private readonly List<LostTime> _lostTimes = [];
    private readonly Dictionary<string, bool> _couldVote = new(StringComparer.Ordinal);
    private readonly StateHistory _history;
    private readonly ResultClaims _claims;

    internal PairJudge(SimulatedPair pair)
    {
        _pair = pair;
        _start = pair.Cluster.Events.Now;
        _history = new StateHistory(pair);
        _claims = new ResultClaims(pair, _history, node => HasPendingDemotion(node), claim => Check(false, claim));
        foreach (var node in new[] { pair.A, pair.B })
        {
            node.Changed += ProbeNodes;
        }
    }

    /// <summary>The broken invariants so far, each once.</summary>
    public IReadOnlyList<BrokenInvariant> Broken => _broken;

    /// <summary>Votes that were refused although no node had a reason to expect it. Known after the votes were checked.</summary>
    internal int RefusedVotes { get; private set; }

    /// <summary>
    /// Whether a takeover has left a pending demotion on a node. Until that is complete, the node may come back through its link, or wake up, as in validator.md. The judge counts it. A target that is
    /// promoted while the other node can vote breaks the invariant in any case.
    /// </summary>
    internal Func<SimulatedNode, bool> HasPendingDemotion { get; set; } = static _ => false;

    /// <summary>How often a node with a pending demotion came up with the staked identity while the other one had it.</summary>
    internal int CameBack { get; private set; }

    /// <summary>
    /// How long a lost node's validator may have been starting when the other one is promoted. A takeover by silence cannot see a start after its last probe; a guard on the node
    /// demotes the validator while it starts. Zero if fencing excludes it.
    /// </summary>
    internal TimeSpan StartNotSeen { get; set; }

    private ChainModel Chain => _pair.Cluster.Chain;

    /// <summary>
    /// The verdict, after all coordinators have ended: no double vote, no vote that broke a lockout or was refused, no lost tower, no restart that would make a second
    /// voter, no held lock. A lock ends with the connection that holds it: after a fault that cuts one, wait some minutes first. May be repeated.
    /// </summary>
    /// <exception cref="BrokenInvariantException">An invariant was broken. The message names it, the time and the seed.</exception>
    public void ThrowIfBroken()
    {
        ProbeVotes();
        ProbeLocks();
        if (_broken.Count > 0)
        {
            throw new BrokenInvariantException(_pair.Cluster.Seed, _broken);
        }
    }

    /// <summary>As above, and checks that the result's claims about the nodes are true. Ask right after the run: a node that is killed later changes the truth.</summary>
    /// <param name="result">The result of a switchover or a takeover of this pair.</param>
    /// <exception cref="BrokenInvariantException">An invariant was broken, or the result is wrong.</exception>
    public void ThrowIfBroken(FailoverResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        CheckClaims(result);
        ThrowIfBroken();
    }

    /// <summary>A result's claims must be true at its time, unless a node changed by itself after the last probe.</summary>
    internal void CheckClaims(FailoverResult result) => _claims.CheckClaims(result);

    /// <summary>The same for a recovery or the completion of a demotion.</summary>
    /// <param name="result">Its result.</param>
    /// <param name="source">The node that was given as the source.</param>
    internal void CheckClaims(RecoveryResult result, SimulatedNode source) => _claims.CheckClaims(result, source);

    /// <summary>The verdict on votes and towers, at the end of the story.</summary>
    internal void ProbeVotes()
    {
        List<SentVote> sent = [.. Chain.Votes.Where(vote => vote.Identity.Equals(_pair.Cluster.Identities.Staked)).OrderBy(vote => vote.SignedAt)];
        var ofLostNodes = sent.FindAll(IsOfLostNode);
        var votes = sent.FindAll(vote => !IsOfLostNode(vote));
        foreach (var line in VoteLines.Of(votes, BegunAnew(sent), ofLostNodes))
        {
            ProbeLine(line);
        }

        var refused = votes.FindAll(vote => IsRefused(vote) && !LostVotes.StandInTheWay(vote, ofLostNodes));
        RefusedVotes = refused.Count;
        if (refused is [var first, ..])
        {
            Break(Invariant.NoRefusedVotes, $"{RefusedVotes} refused, the first {first.Error} of {first.Node} for slot {first.Slot}");
        }

        var newest = votes[^1];
        if (!new[] { _pair.A, _pair.B }.SelectMany(TowersOf).Any(tower => tower.LastSlot >= newest.Slot))
        {
            Break(Invariant.NoTowerLost, $"no tower holds the vote of {newest.Node} for slot {newest.Slot}");
        }
    }

    /// <summary>Checks the locks after the last coordinator has ended.</summary>
    internal void ProbeLocks()
    {
        foreach (var node in new[] { _pair.A, _pair.B })
        {
            if (node.Lock.Owner is not null)
            {
                Break(Invariant.NoLockLeft, $"the lock of {node.Name} is held by {node.Lock.Holder}");
            }
        }
    }

    /// <summary>Compares a claim with the truth.</summary>
    internal void Check(bool isTrue, string claim)
    {
        if (!isTrue)
        {
            Break(Invariant.ResultsAreTrue, $"{claim}; {Describe()}");
        }
    }

    internal void Break(Invariant invariant, string what)
    {
        if (!_broken.Exists(broken => broken.Invariant == invariant))
        {
            _broken.Add(new BrokenInvariant { Invariant = invariant, At = _pair.Cluster.Events.Now - _start, Seen = what });
        }
    }

    /// <summary>The state of both nodes in a line.</summary>
    /// <param name="withTowers">Whether to include the towers, which change all the time.</param>
    internal string Describe(bool withTowers = true) => string.Join("; ", new[] { _pair.A, _pair.B }.Select(node =>
    {
        var runs = node.Process is null ? "is down" : node.RunsStaked ? "is staked" : "is unstaked";
        var tower = withTowers ? $"tower {node.Towers.Current?.LastSlot}" : node.Towers.Current is null ? "no tower" : "a tower";
        return $"{node.Name} {runs}, voters {node.Process?.HasAuthorizedVoter}, link {node.Link}, {tower}";
    }));

    private static IEnumerable<SimulatedTower> TowersOf(SimulatedNode node) =>
        node.Towers.Current is { } current ? node.Towers.Aside.Append(current) : node.Towers.Aside;

    private bool IsRefused(SentVote vote) =>
        vote.Error is not (null or VoteError.VoteTooOld) && !(vote.Error == VoteError.SlotsMismatch && vote.Stack.Votes.Any(entry => Chain.IsOrphan(entry.Slot)));

    /// <summary>Whether a lost node signed the vote by itself, after the takeover, when it woke up. Its harm to the other node shows in the other node's votes.</summary>
    private bool IsOfLostNode(SentVote vote) => _lostTimes.Exists(lost => lost.Holds(vote));

    private bool IsLost(SimulatedNode node) => _lostTimes.Exists(lost => lost.Node == node.Name && lost.To is null);

    /// <summary>The first votes after a validator has lost its tower and rebuilt one from the chain. The world caused it; votes that no node could know bind no node.</summary>
    private HashSet<SentVote> BegunAnew(List<SentVote> sent) =>
    [
        .. new[] { _pair.A, _pair.B }
            .SelectMany(node => node.Towers.BegunAnew.Select(at => sent.Find(vote => vote.Node == node.Name && vote.SignedAt >= at)))
            .OfType<SentVote>(),
    ];

    private void ProbeLine(List<SentVote> line)
    {
        if (TowerContinuity.FindBreak(line) is { } @break)
        {
            Break(Invariant.OneTower, @break);
        }

        var signed = line.DistinctBy(vote => (vote.Node, vote.Slot)).ToList();
        if (Lockouts.Broken(Chain, signed[0].Stack, signed.Skip(1).Select(vote => vote.Slot)) is [var slot, ..])
        {
            Break(Invariant.OneTower, $"the vote for slot {slot} broke a lockout: an older vote on another fork still bound");
        }
    }

    private void ProbeNodes()
    {
        var (a, b) = (_pair.A, _pair.B);
        _history.Note();
        EndLostTimes();
        foreach (var (node, other) in ((SimulatedNode, SimulatedNode)[])[(a, b), (b, a)])
        {
            var began = node.CanVote && !_couldVote.GetValueOrDefault(node.Name);
            _couldVote[node.Name] = node.CanVote;
            if (began)
            {
                ProbeNewVoter(node, other);
            }
        }

        // A restart gives a node the identity that its link names, and its voters.
        if (a.Link == IdentityRole.Staked && b.Link == IdentityRole.Staked)
        {
            CheckRestarts("both would come back as staked");
        }
        else if ((a.Link == IdentityRole.Staked && b.CanVote) || (b.Link == IdentityRole.Staked && a.CanVote))
        {
            CheckRestarts("the one would come back as staked while the other votes");
        }
    }

    /// <summary>A node that was lost, may vote, and has no pending demotion, has legitimately got the identity back: by a switchover, or by a recovery that found it voting.</summary>
    private void EndLostTimes()
    {
        foreach (var lost in _lostTimes.Where(lost => lost.To is null))
        {
            var node = lost.Node == _pair.A.Name ? _pair.A : _pair.B;
            if (node.CanVote && !HasPendingDemotion(node))
            {
                lost.To = _pair.Cluster.Events.Now;
            }
        }
    }

    private void ProbeNewVoter(SimulatedNode node, SimulatedNode other)
    {
        // Ask once: it reads the journal.
        var (now, otherOwes) = (_pair.Cluster.Events.Now, HasPendingDemotion(other));
        var started = now - other.ProcessStartedAt;

        // No promotion: the new active node was started again through its link while the node with a pending demotion was up.
        if (node.Link == IdentityRole.Staked && other.CanVote && otherOwes && IsLost(other))
        {
            CameBack++;
            return;
        }

        var isNotSeen = other.CanVote && otherOwes && started < StartNotSeen;
        if (otherOwes && !IsLost(other))
        {
            // The promotion of a takeover. A node that began to vote after the last probe did so by itself; no takeover by silence can see that.
            _lostTimes.Add(new LostTime(other.Name, isNotSeen ? other.ProcessStartedAt : now));
        }

        if (!other.CanVote)
        {
            return;
        }

        if (HasPendingDemotion(node) || isNotSeen)
        {
            CameBack++;
        }
        else
        {
            Break(Invariant.OneVoter, $"{Describe()}; the process of {other.Name} was started {started.TotalSeconds:0.0} s ago");
        }
    }

    private void CheckRestarts(string words)
    {
        if (!HasPendingDemotion(_pair.A) && !HasPendingDemotion(_pair.B))
        {
            Break(Invariant.RestartsAreSafe, $"{words}; {Describe()}");
        }
    }
}
