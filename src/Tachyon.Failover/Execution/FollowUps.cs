using Tachyon.Failover.Hosts;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;

namespace Tachyon.Failover.Execution;

/// <summary>Names what a person must do after a switchover that could not do everything itself, in the order in which it is to be done.</summary>
internal static class FollowUps
{
    public static IReadOnlyList<FollowUp> Of(SwitchoverState state, ValidatorPair pair) =>
        state.LockWasLost ? [.. AfterAnother(pair)] : state.Location switch
        {
            IdentityLocation.Target => [.. AfterPromotion(state, pair)],
            IdentityLocation.Source => [.. AtSource(state, pair)],
            _ => [.. Stranded(state, pair)],
        };

    /// <summary>After a way back, whose source is the node that is to vote.</summary>
    public static IReadOnlyList<FollowUp> OfWayBack(SwitchoverState state, ValidatorPair pair) =>
        state.Location is IdentityLocation.Source or IdentityLocation.Target ? [.. AtSource(state, pair)] : [.. Stranded(state, pair)];

    private static IEnumerable<FollowUp> AfterPromotion(SwitchoverState state, ValidatorPair pair)
    {
        if (state.TargetVoters != true)
        {
            yield return On(pair.Target, "its authorized voters were taken away and not given back: it does not vote", pair.Target.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters));
        }

        if (state.TargetLink != IdentityRole.Staked)
        {
            yield return On(pair.Target, "its identity link was not moved: a restart would come back without the staked identity", pair.Target.Link.CommandToPointAt(IdentityRole.Staked));
        }

        if (state is { LastLook.IsDone: false, Verified: true })
        {
            yield return On(pair.Target, $"look why ({state.LastLook.Detail})", pair.Target.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        }

        if (!state.Verified)
        {
            yield return On(pair.Target, "look whether it runs the staked identity and whether its votes land", pair.Target.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        }

        // What a takeover owes is named by itself.
        if (!state.Tidied && state.Takeover is null)
        {
            yield return On(pair.Source, "give it its authorized voters back, which it needs for the way back", pair.Source.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters));
            yield return On(pair.Source, "move its tower aside, so that nothing stale can be used later", pair.Source.Host.CommandFor(ValidatorCommand.MoveTowerAside));
        }
    }

    private static IEnumerable<FollowUp> AtSource(SwitchoverState state, ValidatorPair pair)
    {
        foreach (var todo in LeftOnTarget(state, pair))
        {
            yield return todo;
        }

        if (state is { Armed: true, LastLook.IsDone: false })
        {
            yield return On(pair.Source, $"look why it does not vote: it runs the staked identity again ({state.LastLook.Detail}). One of its authorized voters must be the one that the vote account names; a restart brings back those of its start command", pair.Source.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        }

        if (state.Setback is { Step: SwitchoverStep.Fence, Result.Failure: CallFailure.TimedOut })
        {
            yield return On(pair.Source, "its set-identity was never answered; look once more, a minute later, whether it still runs the staked identity", pair.Source.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        }

        if (state.SourceLink != state.LinkBefore)
        {
            yield return On(pair.Source, "its identity link was not moved back: a restart would not come back with the identity that it had", pair.Source.Link.CommandToPointAt(state.LinkBefore));
        }
    }

    /// <summary>Another coordinator was at work since: what this one believes of the nodes is old.</summary>
    private static IEnumerable<FollowUp> AfterAnother(ValidatorPair pair)
    {
        yield return On(pair.Source, "another coordinator has been at work; look which node runs the staked identity before anything is changed", pair.Source.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        yield return On(pair.Target, "and here", pair.Target.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        yield return On(pair.Source, "only if it does not run the staked identity", pair.Source.Link.CommandToPointAt(IdentityRole.Unstaked));
        yield return On(pair.Target, "only if it does not run the staked identity", pair.Target.Link.CommandToPointAt(IdentityRole.Unstaked));
    }

    private static IEnumerable<FollowUp> LeftOnTarget(SwitchoverState state, ValidatorPair pair)
    {
        if (state.TargetIsToBeSealedAgain || state.VotersMayComeLate)
        {
            yield return On(
                pair.Target,
                "an earlier run left it without authorized voters, because a promotion may still come there. This run may have given them back, and the call may still be carried out: take them away in a minute",
                pair.Target.Host.CommandFor(ValidatorCommand.RemoveAllAuthorizedVoters));
        }

        // As long as this run did not try to take them away, or to give them back, they are where they were.
        else if (state is { VotersReturned: false, TargetVoters: not true } && (state.Tried.Contains(SwitchoverStep.SealTarget) || state.Tried.Contains(SwitchoverStep.ReturnVoters)))
        {
            yield return On(
                pair.Target,
                "its authorized voters were taken away because it may have been about to take the staked identity; give them back when you have seen that it does not run it, or let the next switchover do it",
                pair.Target.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters));
        }

        if (state.IsRecovery && state.TargetLink != IdentityRole.Unstaked)
        {
            var why = state.Tried.Contains(SwitchoverStep.RestoreTargetLink) ? "could not be moved" : "was not moved, and nobody tried";
            yield return On(pair.Target, $"its identity link {why}: a restart would bring back a second voter", pair.Target.Link.CommandToPointAt(IdentityRole.Unstaked));
        }

        if (state.Armed && !state.TargetCleared)
        {
            yield return On(pair.Target, "if a tower of the staked identity lies there, move it aside, so that nothing stale can be used later", pair.Target.Host.CommandFor(ValidatorCommand.MoveTowerAside));
        }
    }

    /// <summary>No node votes, or it is not known which one does. A recovery looks at both, and gives the vote to the one that may have it: that is the first thing to do, once both can be looked at.</summary>
    private static IEnumerable<FollowUp> Stranded(SwitchoverState state, ValidatorPair pair)
    {
        yield return new FollowUp
        {
            Node = state.PromotionWasLost || state.VoterIsUnknown || !state.IsTargetHarmless ? pair.Target.Name : pair.Source.Name,
            Reason = $"when {pair.Source.Name} and {pair.Target.Name} can be reached, call RecoverAsync: it looks at both, and gives the vote to the one that may have it",
        };

        // Which node has the newest tower is not known here, so no command that gives a vote is named.
        if (state.PromotionWasLost || state.Promotion == CallOutcome.Unknown || state.Location == IdentityLocation.Unknown)
        {
            yield return On(pair.Target, "to look which identity it runs", pair.Target.Host.CommandFor(ValidatorCommand.ShowContactInfo));
            yield return On(pair.Source, "to look which identity it runs", pair.Source.Host.CommandFor(ValidatorCommand.ShowContactInfo));
        }
        else
        {
            yield return On(pair.Source, "only if no recovery is possible; only if the target does not run the staked identity and cannot vote", pair.Source.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters));
            yield return On(pair.Source, "after that", pair.Source.Link.CommandToPointAt(IdentityRole.Staked));
            yield return On(pair.Source, "after that, with its own tower in its place", pair.Source.Host.CommandFor(ValidatorCommand.TakeStakedIdentity));
        }

        foreach (var todo in LeftOnTarget(state, pair))
        {
            yield return todo;
        }
    }

    private static FollowUp On(ValidatorNode node, string reason, string command) =>
        new() { Node = node.Name, Reason = reason, Command = command };
}
