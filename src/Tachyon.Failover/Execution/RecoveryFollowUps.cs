using Tachyon.Failover.Hosts;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;

namespace Tachyon.Failover.Execution;

/// <summary>Names what a person must do where a recovery could not, and what one would do instead of it.</summary>
internal static class RecoveryFollowUps
{
    /// <summary>After a recovery.</summary>
    /// <param name="state">Its end.</param>
    /// <param name="given">The pair as it was given.</param>
    /// <param name="turned">The pair by whose source and target the state is meant.</param>
    public static IReadOnlyList<FollowUp> Of(SwitchoverState state, ValidatorPair given, ValidatorPair turned) =>
        state.Verdict is { Refusal: not null } ? []
        : state.LockWasLost || state.Keeper is null || state.Verdict is { Keeper: null }
            ? [.. WithoutKeeper(state.Verdict?.State ?? PairState.CannotBeKnown, state.Verdict?.Facts ?? new PairFacts(), given)]
            : FollowUps.OfWayBack(state, turned);

    /// <summary>Instead of a recovery.</summary>
    public static IReadOnlyList<FollowUp> Of(PairVerdict verdict, PairFacts facts, ValidatorPair pair)
    {
        // A command would name a file by what the settings call it, and that is not what it holds.
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

    // The order keeps a second voter from coming up.
    private static IEnumerable<FollowUp> ByHand(NodeFacts facts, NodeFacts otherFacts, ValidatorNode keeper, ValidatorNode other)
    {
        if (!facts.RunsStaked || otherFacts.RunsStaked || otherFacts.MayTakeIdentity)
        {
            yield return On(other, "first, so that it cannot vote", other.Host.CommandFor(ValidatorCommand.RemoveAllAuthorizedVoters));
            yield return On(other, "after that", other.Host.CommandFor(ValidatorCommand.TakeUnstakedIdentity));
        }

        if (otherFacts.Link != IdentityRole.Unstaked)
        {
            yield return On(other, "a restart would bring it back with the staked identity", other.Link.CommandToPointAt(IdentityRole.Unstaked));
        }

        if (facts.Votes != true)
        {
            yield return On(other, "it must not run the staked identity now; only then go on", other.Host.CommandFor(ValidatorCommand.ShowContactInfo));
            yield return On(keeper, "after that", keeper.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters));
        }

        if (facts.Link != IdentityRole.Staked)
        {
            yield return On(keeper, "a restart would come back without the staked identity", keeper.Link.CommandToPointAt(IdentityRole.Staked));
        }

        if (!facts.RunsStaked)
        {
            yield return On(keeper, "with its own tower, which is the newest", keeper.Host.CommandFor(ValidatorCommand.TakeStakedIdentity));
        }

        if (otherFacts.HasTower != false)
        {
            yield return On(other, "if a tower of the staked identity lies there, move it aside, so that nothing stale can be used later", other.Host.CommandFor(ValidatorCommand.MoveTowerAside));
        }
    }

    private static IEnumerable<FollowUp> WithoutKeeper(PairState state, PairFacts facts, ValidatorPair pair)
    {
        if (state == PairState.TwoIdentities)
        {
            yield return On(pair.Target, $"if {pair.Source.Name} is to keep the identity; otherwise the same on {pair.Source.Name}, and nothing here", pair.Target.Host.CommandFor(ValidatorCommand.RemoveAllAuthorizedVoters));
            yield return On(pair.Target, "after that", pair.Target.Link.CommandToPointAt(IdentityRole.Unstaked));
            yield return On(pair.Target, "after that", pair.Target.Host.CommandFor(ValidatorCommand.TakeUnstakedIdentity));
            yield return On(pair.Source, $"only if {pair.Target.Name} is to keep the identity, and nothing was done there", pair.Source.Host.CommandFor(ValidatorCommand.RemoveAllAuthorizedVoters));
            yield return On(pair.Source, "after that", pair.Source.Link.CommandToPointAt(IdentityRole.Unstaked));
            yield return On(pair.Source, "after that", pair.Source.Host.CommandFor(ValidatorCommand.TakeUnstakedIdentity));
            yield break;
        }

        // Whoever is seen to vote is left alone, and the other one is left as it is until it can be looked at.
        if (facts.SeenVoting is { } voter)
        {
            foreach (var side in Enum.GetValues<NodeSide>().Where(side => facts.On(side) is { IsKnown: false } or { Votes: null }))
            {
                var node = pair.On(side);
                yield return On(node, $"{pair.On(voter).Name} votes: leave it alone. Mend the way to {node.Name} until this says what it runs, and diagnose again", node.Host.CommandFor(ValidatorCommand.ShowContactInfo));
            }

            yield break;
        }

        yield return On(pair.Source, "look whether it runs the staked identity; when both nodes can be looked at, recover again", pair.Source.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        yield return On(pair.Target, "and here", pair.Target.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        foreach (var side in Enum.GetValues<NodeSide>().Where(side => facts.On(side) is { RunsStaked: false, Link: not IdentityRole.Unstaked }))
        {
            yield return On(pair.On(side), "only if it does not run the staked identity, so that no restart makes a second voter", pair.On(side).Link.CommandToPointAt(IdentityRole.Unstaked));
        }
    }

    private static FollowUp On(ValidatorNode node, string reason, string command) =>
        new() { Node = node.Name, Reason = reason, Command = command };
}
