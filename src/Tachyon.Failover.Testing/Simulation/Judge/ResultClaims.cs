namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>
/// Compares a result's claims with the truth at that time: who has the identity, who votes, what is left to do, what is pending. A result cannot contain what a node did by itself after the last probe,
/// because a probe is always older than its result. For a switchover, which ends with a probe, the age is <see cref="AgeOfLastProbe"/>. For a recovery, it is the time of the last diagnosis,
/// which waits for votes.
/// </summary>
internal sealed class ResultClaims(SimulatedPair pair, StateHistory history, Func<SimulatedNode, bool> hasPendingDemotion, Action<string> broken)
{
    /// <summary>The greatest age of a result's last probe: its round trips, and the closing of the journal and of the locks.</summary>
    public static readonly TimeSpan AgeOfLastProbe = TimeSpan.FromSeconds(3);

    private TimeSpan _age = AgeOfLastProbe;

    /// <summary>Checks the result of a switchover or a takeover.</summary>
    public void CheckClaims(FailoverResult result)
    {
        _age = AgeOfLastProbe;
        var source = result.Source == pair.B.Name ? pair.B : pair.A;
        if (result.Outcome == FailoverOutcome.Completed)
        {
            ProbeVoter(Other(source), "completed");
            ProbeRest(Other(source), result.OperatorActions, "completed");
            ProbePendingDemotions(result.PendingDemotions, source);
        }
        else if (result.Outcome == FailoverOutcome.RolledBack && result.Evidence is null)
        {
            ProbeVoter(source, "rolled back");
            ProbeRest(source, result.OperatorActions, "rolled back");
        }

        // An rolled back takeover gives the lost node back what it had, perhaps no vote and an unstaked link. The result says where the identity is.
        ProbePlace(result.IdentityAt, source);
    }

    /// <summary>Checks the result of a recovery or the completion of a demotion.</summary>
    /// <param name="result">Its result.</param>
    /// <param name="source">The node that was given as the source.</param>
    public void CheckClaims(RecoveryResult result, SimulatedNode source)
    {
        _age = AgeOfLastProbe + AgeOfDiagnosis(result.Steps);
        ProbePlace(result.IdentityAt, source);
        if (result.Outcome is RecoveryOutcome.Recovered or RecoveryOutcome.NothingToDo && result.IdentityAt is IdentityLocation.Source or IdentityLocation.Target)
        {
            var voter = result.IdentityAt == IdentityLocation.Source ? source : Other(source);
            ProbeVoter(voter, "recovered");
            ProbeRest(voter, result.OperatorActions, "recovered", asksForVoters: false);
            ProbePendingDemotions(result.PendingDemotions, source);
        }
    }

    /// <summary>The time since the last diagnosis began.</summary>
    private static TimeSpan AgeOfDiagnosis(IReadOnlyList<StepReport> steps) => steps.Reverse()
        .Aggregate((Age: TimeSpan.Zero, IsFound: false), static (sum, step) => sum.IsFound ? sum : (sum.Age + step.Elapsed, step.Step == "Diagnose")).Age;

    private void ProbePlace(IdentityLocation at, SimulatedNode source)
    {
        Claim(source, (has, _) => at != IdentityLocation.Source || has.RunsStaked, "the identity is at the source");
        Claim(source, (_, has) => at != IdentityLocation.Target || has.RunsStaked, "the identity is at the target");
        if (HasVotedAllAlong())
        {
            Claim(source, (one, other) => at != IdentityLocation.Neither || (!one.CanVote && !other.CanVote) || (!one.RunsStaked && !other.RunsStaked), "neither node votes");
        }
    }

    /// <summary>Whether a node has voted before the probe began, and since. A starting node may be able to vote, and does not vote yet.</summary>
    private bool HasVotedAllAlong()
    {
        var (now, began) = (pair.Cluster.Events.Now, pair.Cluster.Events.Now - _age);
        var signed = pair.Cluster.Chain.Votes.Where(vote => vote.SignedAt > began - AgeOfLastProbe).Select(static vote => vote.SignedAt).ToList();
        return signed.Exists(at => at <= began) && signed.Exists(at => at > now - AgeOfLastProbe);
    }

    private void ProbeVoter(SimulatedNode voter, string outcome)
    {
        var other = Other(voter);
        var mayComeBack = hasPendingDemotion(other);
        Claim(voter, (one, two) => one is { RunsStaked: true, CanVote: true } && (mayComeBack || !two.CanVote), $"{outcome}, and {voter.Name} alone votes");
    }

    /// <summary>Checks that the result names everything that is not in order: in the operator actions, or as a pending demotion. A recovery does not restore voters that an earlier run took away.</summary>
    private void ProbeRest(SimulatedNode voter, IReadOnlyList<OperatorAction> followUps, string outcome, bool asksForVoters = true)
    {
        var other = Other(voter);
        bool IsNamed(SimulatedNode node) => followUps.Any(followUp => followUp.Node == node.Name) || hasPendingDemotion(node);
        var (voterIsNamed, otherIsNamed) = (IsNamed(voter), IsNamed(other));
        Claim(voter, (one, _) => voterIsNamed || one.Link == IdentityRole.Staked, $"{outcome}, and nothing is left to do on {voter.Name}");
        Claim(voter, (_, two) => otherIsNamed || (two.Link == IdentityRole.Unstaked && (!asksForVoters || two.HasVoters || !two.HasProcess)), $"{outcome}, and nothing is left to do on {other.Name}");
    }

    /// <summary>Checks that the result names each node that has a pending demotion by the journal.</summary>
    private void ProbePendingDemotions(IReadOnlyList<FailoverNote> pending, SimulatedNode source)
    {
        if (pending.Count == 0 && (hasPendingDemotion(source) || hasPendingDemotion(Other(source))))
        {
            broken("no demotion is pending, and the journal says otherwise");
        }
    }

    private SimulatedNode Other(SimulatedNode node) => node == pair.A ? pair.B : pair.A;

    /// <summary>Checks a claim about a node and the other one.</summary>
    private void Claim(SimulatedNode one, Func<NodeState, NodeState, bool> isSo, string claim)
    {
        if (!history.WasSo(pair.Cluster.Events.Now - _age, (a, b) => one == pair.A ? isSo(a, b) : isSo(b, a)))
        {
            broken(claim);
        }
    }
}
