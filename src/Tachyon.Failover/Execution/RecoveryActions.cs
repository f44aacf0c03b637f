using Tachyon.Failover.Hosts;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;

namespace Tachyon.Failover.Execution;

/// <summary>Lists what an operator must do where a recovery could not, and how to replace a recovery by hand.</summary>
internal static class RecoveryActions
{
    /// <summary>After a recovery.</summary>
    /// <param name="state">Its final state.</param>
    /// <param name="given">The pair as it was given.</param>
    /// <param name="turned">The pair whose source and target the state means.</param>
    public static IReadOnlyList<OperatorAction> Of(RunState state, ValidatorPair given, ValidatorPair turned) =>
        state.Verdict is { Refusal: not null } ? []
        : state.LockWasLost || state.Keeper is null || state.Verdict is { Keeper: null }
            ? [.. WithoutKeeper(state.Verdict?.State ?? PairState.Unknown, state.Verdict?.Facts ?? new PairFacts(), given)]
            : OperatorActions.OfWayBack(state, turned);

    /// <summary>Instead of a recovery.</summary>
    public static IReadOnlyList<OperatorAction> Of(PairVerdict verdict, PairFacts facts, ValidatorPair pair)
    {
        // A command would name a file by its role in the settings, and the file holds another key.
        if (verdict.IsSettled || verdict.Refusal is not null)
        {
            return [];
        }

        if (verdict.Keeper is not { } side)
        {
            return [.. WithoutKeeper(verdict.State, facts, pair)];
        }

        var (keeper, other) = side == NodeSide.Source ? (pair.Source, pair.Target) : (pair.Target, pair.Source);
        return [.. ByHand(facts.On(side), facts.OtherThan(side), keeper, other)];
    }

    // This order prevents a second voter.
    private static IEnumerable<OperatorAction> ByHand(NodeFacts facts, NodeFacts otherFacts, ValidatorNode keeper, ValidatorNode other)
    {
        if (!facts.RunsStaked || otherFacts.RunsStaked || otherFacts.MayTakeIdentity)
        {
            yield return On(other, "first, so that it cannot vote", other.Host.CommandFor(ValidatorCommand.RemoveAllAuthorizedVoters));
            yield return On(other, "then", other.Host.CommandFor(ValidatorCommand.TakeUnstakedIdentity));
        }

        if (otherFacts.Link != IdentityRole.Unstaked)
        {
            yield return On(other, "after a restart it would run the staked identity", other.Link.CommandToPointAt(IdentityRole.Unstaked));
        }

        if (facts.Votes != true)
        {
            yield return On(other, "continue only if it does not run the staked identity now", other.Host.CommandFor(ValidatorCommand.ShowContactInfo));
            yield return On(keeper, "then", keeper.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters));
        }

        if (facts.Link != IdentityRole.Staked)
        {
            yield return On(keeper, "after a restart it would run the unstaked identity", keeper.Link.CommandToPointAt(IdentityRole.Staked));
        }

        if (!facts.RunsStaked)
        {
            yield return On(keeper, "with its own tower, which is the newest", keeper.Host.CommandFor(ValidatorCommand.TakeStakedIdentity));
        }

        if (otherFacts.HasTower != false)
        {
            yield return On(other, "if a tower of the staked identity lies there, move it aside, so that no stale tower is used later", other.Host.CommandFor(ValidatorCommand.MoveTowerAside));
        }
    }

    private static IEnumerable<OperatorAction> WithoutKeeper(PairState state, PairFacts facts, ValidatorPair pair)
    {
        if (state == PairState.TwoActive)
        {
            yield return On(pair.Target, $"if {pair.Source.Name} is to keep the identity; otherwise the same on {pair.Source.Name}, and nothing here", pair.Target.Host.CommandFor(ValidatorCommand.RemoveAllAuthorizedVoters));
            yield return On(pair.Target, "then", pair.Target.Link.CommandToPointAt(IdentityRole.Unstaked));
            yield return On(pair.Target, "then", pair.Target.Host.CommandFor(ValidatorCommand.TakeUnstakedIdentity));
            yield return On(pair.Source, $"only if {pair.Target.Name} is to keep the identity, and nothing was done there", pair.Source.Host.CommandFor(ValidatorCommand.RemoveAllAuthorizedVoters));
            yield return On(pair.Source, "then", pair.Source.Link.CommandToPointAt(IdentityRole.Unstaked));
            yield return On(pair.Source, "then", pair.Source.Host.CommandFor(ValidatorCommand.TakeUnstakedIdentity));
            yield break;
        }

        // A node that is seen to vote is left alone. The other one stays unchanged until it can be probed.
        if (facts.SeenVoting is { } voter)
        {
            foreach (var side in Enum.GetValues<NodeSide>().Where(side => facts.On(side) is { IsKnown: false } or { Votes: null }))
            {
                var node = pair.On(side);
                yield return On(node, $"{pair.On(voter).Name} votes: leave it alone. Restore the connection to {node.Name} until this command shows its identity, and diagnose again", node.Host.CommandFor(ValidatorCommand.ShowContactInfo));
            }

            yield break;
        }

        yield return On(pair.Source, "check whether it runs the staked identity; when both nodes can be reached, recover again", pair.Source.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        yield return On(pair.Target, "and here", pair.Target.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        foreach (var side in Enum.GetValues<NodeSide>().Where(side => facts.On(side) is { RunsStaked: false, Link: not IdentityRole.Unstaked }))
        {
            yield return On(pair.On(side), "only if it does not run the staked identity, so that no restart makes a second voter", pair.On(side).Link.CommandToPointAt(IdentityRole.Unstaked));
        }
    }

    private static OperatorAction On(ValidatorNode node, string reason, string command) =>
        new() { Node = node.Name, Reason = reason, Command = command };
}
