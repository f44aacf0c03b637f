namespace Tachyon.Failover.Decisions;

/// <summary>Lists what an operator must do after a run that could not do everything itself, in the order of execution. Pure.</summary>
internal static class RunTasks
{
    public static IReadOnlyList<OperatorTask> Of(RunState state, PairNames names) =>
        state.LockWasLost ? [.. AfterAnother()] : state.Location switch
        {
            IdentityLocation.Target => [.. AfterPromotion(state)],
            IdentityLocation.Source => [.. AtSource(state)],
            _ => [.. Stranded(state, names)],
        };

    /// <summary>After a rollback. Its source is the keeper.</summary>
    public static IReadOnlyList<OperatorTask> OfWayBack(RunState state, PairNames names) =>
        state.Location is IdentityLocation.Source or IdentityLocation.Target ? [.. AtSource(state)] : [.. Stranded(state, names)];

    private static IEnumerable<OperatorTask> AfterPromotion(RunState state)
    {
        if (state.TargetVoters != true)
        {
            yield return new OperatorTask(NodeSide.Target, "its authorized voters were removed and not added again: it does not vote", TaskCommand.AddAuthorizedVoters);
        }

        if (state.TargetLink != IdentityRole.Staked)
        {
            yield return new OperatorTask(NodeSide.Target, "its identity link was not moved: after a restart it would run the unstaked identity", TaskCommand.PointLinkAtStaked);
        }

        if (state is { LastProbe.IsDone: false, Verified: true })
        {
            yield return new OperatorTask(NodeSide.Target, $"find out why ({state.LastProbe.Detail})", TaskCommand.ShowContactInfo);
        }

        if (!state.Verified)
        {
            yield return new OperatorTask(NodeSide.Target, "check whether it runs the staked identity and whether its votes land", TaskCommand.ShowContactInfo);
        }

        // DemotionTasks names what a takeover leaves.
        if (!state.Tidied && state.Takeover is null)
        {
            yield return new OperatorTask(NodeSide.Source, "add its authorized voters again: a switchover back needs them", TaskCommand.AddAuthorizedVoters);
            yield return new OperatorTask(NodeSide.Source, "move its tower aside, so that no stale tower is used later", TaskCommand.MoveTowerAside);
        }
    }

    private static IEnumerable<OperatorTask> AtSource(RunState state)
    {
        foreach (var todo in LeftOnTarget(state))
        {
            yield return todo;
        }

        if (state is { Armed: true, LastProbe.IsDone: false })
        {
            yield return new OperatorTask(NodeSide.Source, $"find out why it does not vote: it runs the staked identity again ({state.LastProbe.Detail}). One of its authorized voters must be the authorized voter of the vote account; a restart adds the voters of its start command", TaskCommand.ShowContactInfo);
        }

        if (state.DemotionTimedOut)
        {
            yield return new OperatorTask(NodeSide.Source, "its set-identity was never answered; check again after a minute whether it still runs the staked identity", TaskCommand.ShowContactInfo);
        }

        if (state.SourceLink != state.LinkBefore)
        {
            yield return new OperatorTask(NodeSide.Source, "its identity link was not moved back: after a restart it would not run the identity that it had", LinkTo(state.LinkBefore));
        }
    }

    /// <summary>After another coordinator was at work: what this run knows of the nodes is outdated.</summary>
    private static IEnumerable<OperatorTask> AfterAnother()
    {
        yield return new OperatorTask(NodeSide.Source, "another coordinator has been at work; check which node runs the staked identity before you change anything", TaskCommand.ShowContactInfo);
        yield return new OperatorTask(NodeSide.Target, "and here", TaskCommand.ShowContactInfo);
        yield return new OperatorTask(NodeSide.Source, "only if it does not run the staked identity", TaskCommand.PointLinkAtUnstaked);
        yield return new OperatorTask(NodeSide.Target, "only if it does not run the staked identity", TaskCommand.PointLinkAtUnstaked);
    }

    private static IEnumerable<OperatorTask> LeftOnTarget(RunState state)
    {
        if (state.TargetIsToBeSealedAgain || state.VotersMayComeLate)
        {
            yield return new OperatorTask(
                NodeSide.Target,
                "an earlier run left it without authorized voters, because a promotion may still arrive there. This run may have added them again, and the node may still execute that call: remove them in a minute",
                TaskCommand.RemoveAllAuthorizedVoters);
        }

        // If this run neither removed nor added the voters, they are as it found them.
        else if (state is { Recovery: null or { OtherVotersReturned: false }, TargetVoters: not true } && state.TriedTargetVoters)
        {
            yield return new OperatorTask(
                NodeSide.Target,
                "its authorized voters were removed because it may have been about to take the staked identity; add them when you have seen that it does not run it, or let the next switchover do it",
                TaskCommand.AddAuthorizedVoters);
        }

        if (state.IsRecovery && state.TargetLink != IdentityRole.Unstaked)
        {
            var why = state.TriedTargetLink ? "could not be moved" : "was not moved, and this run did not try";
            yield return new OperatorTask(NodeSide.Target, $"its identity link {why}: a restart would make it a second voter", TaskCommand.PointLinkAtUnstaked);
        }

        if (state.Armed && !state.TargetCleared)
        {
            yield return new OperatorTask(NodeSide.Target, "if a tower of the staked identity lies there, move it aside, so that no stale tower is used later", TaskCommand.MoveTowerAside);
        }
    }

    /// <summary>No node votes, or the voting node is unknown. A recovery is the first thing to do as soon as both nodes can be reached.</summary>
    private static IEnumerable<OperatorTask> Stranded(RunState state, PairNames names)
    {
        yield return new OperatorTask(
            state.PromotionWasLost || state.VoterIsUnknown || !state.IsTargetHarmless ? NodeSide.Target : NodeSide.Source,
            $"when {names.Source} and {names.Target} can be reached, call RecoverAsync: it reads both, and promotes the node that may vote",
            Command: null);

        // Which node has the newest tower is unknown here, so no command that promotes a node is named.
        if (state.PromotionWasLost || state.Promotion == CallOutcome.Unknown || state.Location == IdentityLocation.Unknown)
        {
            yield return new OperatorTask(NodeSide.Target, "check which identity it runs", TaskCommand.ShowContactInfo);
            yield return new OperatorTask(NodeSide.Source, "check which identity it runs", TaskCommand.ShowContactInfo);
        }
        else
        {
            yield return new OperatorTask(NodeSide.Source, "only if no recovery is possible; only if the target does not run the staked identity and cannot vote", TaskCommand.AddAuthorizedVoters);
            yield return new OperatorTask(NodeSide.Source, "then", TaskCommand.PointLinkAtStaked);
            yield return new OperatorTask(NodeSide.Source, "then, with its own tower in its place", TaskCommand.TakeStakedIdentity);
        }

        foreach (var todo in LeftOnTarget(state))
        {
            yield return todo;
        }
    }

    private static TaskCommand LinkTo(IdentityRole role) => role == IdentityRole.Staked ? TaskCommand.PointLinkAtStaked : TaskCommand.PointLinkAtUnstaked;
}
