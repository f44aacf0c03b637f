using Tachyon.Failover.Decisions;
using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Runs;

/// <summary>Lists what an operator must do after a switchover that could not do everything itself, in the order of execution.</summary>
internal static class OperatorActions
{
    public static IReadOnlyList<OperatorAction> Of(RunState state, ValidatorPair pair) =>
        state.LockWasLost ? [.. AfterAnother(pair)] : state.Location switch
        {
            IdentityLocation.Target => [.. AfterPromotion(state, pair)],
            IdentityLocation.Source => [.. AtSource(state, pair)],
            _ => [.. Stranded(state, pair)],
        };

    /// <summary>After a rollback. Its source is the keeper.</summary>
    public static IReadOnlyList<OperatorAction> OfWayBack(RunState state, ValidatorPair pair) =>
        state.Location is IdentityLocation.Source or IdentityLocation.Target ? [.. AtSource(state, pair)] : [.. Stranded(state, pair)];

    private static IEnumerable<OperatorAction> AfterPromotion(RunState state, ValidatorPair pair)
    {
        if (state.TargetVoters != true)
        {
            yield return On(pair.Target, "its authorized voters were removed and not added again: it does not vote", pair.Target.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters));
        }

        if (state.TargetLink != IdentityRole.Staked)
        {
            yield return On(pair.Target, "its identity link was not moved: after a restart it would run the unstaked identity", pair.Target.Link.CommandToPointAt(IdentityRole.Staked));
        }

        if (state is { LastLook.IsDone: false, Verified: true })
        {
            yield return On(pair.Target, $"find out why ({state.LastLook.Detail})", pair.Target.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        }

        if (!state.Verified)
        {
            yield return On(pair.Target, "check whether it runs the staked identity and whether its votes land", pair.Target.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        }

        // Debt names what a takeover leaves.
        if (!state.Tidied && state.Takeover is null)
        {
            yield return On(pair.Source, "add its authorized voters again: a switchover back needs them", pair.Source.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters));
            yield return On(pair.Source, "move its tower aside, so that no stale tower is used later", pair.Source.Host.CommandFor(ValidatorCommand.MoveTowerAside));
        }
    }

    private static IEnumerable<OperatorAction> AtSource(RunState state, ValidatorPair pair)
    {
        foreach (var todo in LeftOnTarget(state, pair))
        {
            yield return todo;
        }

        if (state is { Armed: true, LastLook.IsDone: false })
        {
            yield return On(pair.Source, $"find out why it does not vote: it runs the staked identity again ({state.LastLook.Detail}). One of its authorized voters must be the authorized voter of the vote account; a restart adds the voters of its start command", pair.Source.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        }

        if (state.DemotionTimedOut)
        {
            yield return On(pair.Source, "its set-identity was never answered; check again after a minute whether it still runs the staked identity", pair.Source.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        }

        if (state.SourceLink != state.LinkBefore)
        {
            yield return On(pair.Source, "its identity link was not moved back: after a restart it would not run the identity that it had", pair.Source.Link.CommandToPointAt(state.LinkBefore));
        }
    }

    /// <summary>After another coordinator was at work: what this run knows of the nodes is outdated.</summary>
    private static IEnumerable<OperatorAction> AfterAnother(ValidatorPair pair)
    {
        yield return On(pair.Source, "another coordinator has been at work; check which node runs the staked identity before you change anything", pair.Source.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        yield return On(pair.Target, "and here", pair.Target.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        yield return On(pair.Source, "only if it does not run the staked identity", pair.Source.Link.CommandToPointAt(IdentityRole.Unstaked));
        yield return On(pair.Target, "only if it does not run the staked identity", pair.Target.Link.CommandToPointAt(IdentityRole.Unstaked));
    }

    private static IEnumerable<OperatorAction> LeftOnTarget(RunState state, ValidatorPair pair)
    {
        if (state.TargetIsToBeSealedAgain || state.VotersMayComeLate)
        {
            yield return On(
                pair.Target,
                "an earlier run left it without authorized voters, because a promotion may still arrive there. This run may have added them again, and the node may still execute that call: remove them in a minute",
                pair.Target.Host.CommandFor(ValidatorCommand.RemoveAllAuthorizedVoters));
        }

        // If this run neither removed nor added the voters, they are as it found them.
        else if (state is { Recovery: null or { OtherVotersReturned: false }, TargetVoters: not true } && state.TriedTargetVoters)
        {
            yield return On(
                pair.Target,
                "its authorized voters were removed because it may have been about to take the staked identity; add them when you have seen that it does not run it, or let the next switchover do it",
                pair.Target.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters));
        }

        if (state.IsRecovery && state.TargetLink != IdentityRole.Unstaked)
        {
            var why = state.TriedTargetLink ? "could not be moved" : "was not moved, and this run did not try";
            yield return On(pair.Target, $"its identity link {why}: a restart would make it a second voter", pair.Target.Link.CommandToPointAt(IdentityRole.Unstaked));
        }

        if (state.Armed && !state.TargetCleared)
        {
            yield return On(pair.Target, "if a tower of the staked identity lies there, move it aside, so that no stale tower is used later", pair.Target.Host.CommandFor(ValidatorCommand.MoveTowerAside));
        }
    }

    /// <summary>No node votes, or the voting node is unknown. A recovery is the first thing to do as soon as both nodes can be reached.</summary>
    private static IEnumerable<OperatorAction> Stranded(RunState state, ValidatorPair pair)
    {
        yield return new OperatorAction
        {
            Node = state.PromotionWasLost || state.VoterIsUnknown || !state.IsTargetHarmless ? pair.Target.Name : pair.Source.Name,
            Reason = $"when {pair.Source.Name} and {pair.Target.Name} can be reached, call RecoverAsync: it reads both, and promotes the node that may vote",
        };

        // Which node has the newest tower is unknown here, so no command that promotes a node is named.
        if (state.PromotionWasLost || state.Promotion == CallOutcome.Unknown || state.Location == IdentityLocation.Unknown)
        {
            yield return On(pair.Target, "check which identity it runs", pair.Target.Host.CommandFor(ValidatorCommand.ShowContactInfo));
            yield return On(pair.Source, "check which identity it runs", pair.Source.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        }
        else
        {
            yield return On(pair.Source, "only if no recovery is possible; only if the target does not run the staked identity and cannot vote", pair.Source.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters));
            yield return On(pair.Source, "then", pair.Source.Link.CommandToPointAt(IdentityRole.Staked));
            yield return On(pair.Source, "then, with its own tower in its place", pair.Source.Host.CommandFor(ValidatorCommand.TakeStakedIdentity));
        }

        foreach (var todo in LeftOnTarget(state, pair))
        {
            yield return todo;
        }
    }

    private static OperatorAction On(ValidatorNode node, string reason, string command) =>
        new() { Node = node.Name, Reason = reason, Command = command };
}
