namespace Tachyon.Failover.Decisions;

/// <summary>Lists what an operator must do where a recovery could not, and how to replace a recovery by hand. Pure.</summary>
internal static class RecoveryTasks
{
    /// <summary>After a recovery.</summary>
    /// <param name="state">Its final state.</param>
    /// <param name="names">The names of the pair as it was given.</param>
    public static IReadOnlyList<OperatorTask> Of(RunState state, PairNames names) =>
        state.Verdict is { Refusal: not null } ? []
        : state.LockWasLost || state.Keeper is null || state.Verdict is { Keeper: null }
            ? [.. WithoutKeeper(state.Verdict?.State ?? PairState.Unknown, state.Verdict?.Facts ?? new PairFacts(), names)]
            : state.IsTurned ? [.. RunTasks.OfWayBack(state, names.Turned).Select(static task => task with { Node = task.Node.Other() })]
            : RunTasks.OfWayBack(state, names);

    /// <summary>Instead of a recovery.</summary>
    public static IReadOnlyList<OperatorTask> Of(PairVerdict verdict, PairFacts facts, PairNames names)
    {
        // A command would name a file by its role in the settings, and the file holds another key.
        if (verdict.IsSettled || verdict.Refusal is not null)
        {
            return [];
        }

        if (verdict.Keeper is not { } side)
        {
            return [.. WithoutKeeper(verdict.State, facts, names)];
        }

        return [.. ByHand(facts.On(side), facts.OtherThan(side), side, side.Other())];
    }

    // This order prevents a second voter.
    private static IEnumerable<OperatorTask> ByHand(NodeFacts facts, NodeFacts otherFacts, NodeSide keeper, NodeSide other)
    {
        if (!facts.RunsStaked || otherFacts.RunsStaked || otherFacts.MayTakeIdentity)
        {
            yield return new OperatorTask(other, "first, so that it cannot vote", TaskCommand.RemoveAllAuthorizedVoters);
            yield return new OperatorTask(other, "then", TaskCommand.TakeUnstakedIdentity);
        }

        if (otherFacts.Link != IdentityRole.Unstaked)
        {
            yield return new OperatorTask(other, "after a restart it would run the staked identity", TaskCommand.PointLinkAtUnstaked);
        }

        if (facts.Votes != true)
        {
            yield return new OperatorTask(other, "continue only if it does not run the staked identity now", TaskCommand.ShowContactInfo);
            yield return new OperatorTask(keeper, "then", TaskCommand.AddAuthorizedVoters);
        }

        if (facts.Link != IdentityRole.Staked)
        {
            yield return new OperatorTask(keeper, "after a restart it would run the unstaked identity", TaskCommand.PointLinkAtStaked);
        }

        if (!facts.RunsStaked)
        {
            yield return new OperatorTask(keeper, "with its own tower, which is the newest", TaskCommand.TakeStakedIdentity);
        }

        if (otherFacts.HasTower != false)
        {
            yield return new OperatorTask(other, "if a tower of the staked identity lies there, move it aside, so that no stale tower is used later", TaskCommand.MoveTowerAside);
        }
    }

    private static IEnumerable<OperatorTask> WithoutKeeper(PairState state, PairFacts facts, PairNames names)
    {
        if (state == PairState.TwoActive)
        {
            yield return new OperatorTask(NodeSide.Target, $"if {names.Source} is to keep the identity; otherwise the same on {names.Source}, and nothing here", TaskCommand.RemoveAllAuthorizedVoters);
            yield return new OperatorTask(NodeSide.Target, "then", TaskCommand.PointLinkAtUnstaked);
            yield return new OperatorTask(NodeSide.Target, "then", TaskCommand.TakeUnstakedIdentity);
            yield return new OperatorTask(NodeSide.Source, $"only if {names.Target} is to keep the identity, and nothing was done there", TaskCommand.RemoveAllAuthorizedVoters);
            yield return new OperatorTask(NodeSide.Source, "then", TaskCommand.PointLinkAtUnstaked);
            yield return new OperatorTask(NodeSide.Source, "then", TaskCommand.TakeUnstakedIdentity);
            yield break;
        }

        // A node that is seen to vote is left alone. The other one stays unchanged until it can be probed.
        if (facts.SeenVoting is { } voter)
        {
            foreach (var side in Enum.GetValues<NodeSide>().Where(side => facts.On(side) is { IsKnown: false } or { Votes: null }))
            {
                yield return new OperatorTask(side, $"{names.On(voter)} votes: leave it alone. Restore the connection to {names.On(side)} until this command shows its identity, and diagnose again", TaskCommand.ShowContactInfo);
            }

            yield break;
        }

        yield return new OperatorTask(NodeSide.Source, "check whether it runs the staked identity; when both nodes can be reached, recover again", TaskCommand.ShowContactInfo);
        yield return new OperatorTask(NodeSide.Target, "and here", TaskCommand.ShowContactInfo);
        foreach (var side in Enum.GetValues<NodeSide>().Where(side => facts.On(side) is { RunsStaked: false, Link: not IdentityRole.Unstaked }))
        {
            yield return new OperatorTask(side, "only if it does not run the staked identity, so that no restart makes a second voter", TaskCommand.PointLinkAtUnstaked);
        }
    }
}
