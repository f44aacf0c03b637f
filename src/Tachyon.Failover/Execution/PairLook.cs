using Tachyon.Failover.Cluster;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Protocol;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Execution;

/// <summary>Looks at both nodes, their links and towers, the chain and the journal, and watches for some slots who saves votes. Changes nothing.</summary>
internal sealed class PairLook
{
    // Longer than any run of slots without a block that a leader or two that are gone leave.
    private const int SlotsWatched = 12;

    private PairLook()
    {
    }

    public required PairSurvey Survey { get; init; }

    public required JournalLook Journal { get; init; }

    public required PairFacts Facts { get; init; }

    public required TowerVerdict? SourceTower { get; init; }

    public required TowerVerdict? TargetTower { get; init; }

    /// <summary>The newest landed vote, from whichever RPC has it; null if none answered.</summary>
    public VoteAccount? VoteAccount { get; private init; }

    /// <param name="pair">The nodes.</param>
    /// <param name="options">Time limits and the journal.</param>
    /// <param name="run">Whose look it is.</param>
    /// <param name="movesLinkFirst">Whether the link of a node that is owed may be moved yet, before its validator is asked anything.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PairLook> TakeAsync(ValidatorPair pair, FailoverOptions options, string run, bool movesLinkFirst, TimeProvider time, CancellationToken cancellationToken)
    {
        var journal = await JournalLook.ReadAsync(options, pair, run, time, cancellationToken).ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(options.PreflightTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var asking = AskChainAsync(pair, either.Token);
        var owed = movesLinkFirst && options.Rules.KeepsDebt ? OwedOne(journal, pair) : null;
        var first = SeeAsync(owed == NodeSide.Source ? NodeSide.Target : NodeSide.Source);
        var second = owed is null ? SeeAsync(NodeSide.Target) : SeeOwedAsync(owed.Value, (await first.ConfigureAwait(false)).Facts);
        var seen = ((NodeSurvey Survey, NodeFacts Facts)[])[await first.ConfigureAwait(false), await second.ConfigureAwait(false)];
        var (source, sourceFacts) = seen.Single(node => node.Survey.Side == NodeSide.Source);
        var (target, targetFacts) = seen.Single(node => node.Survey.Side == NodeSide.Target);

        // Only now both are known by their own identities, whatever the settings call them.
        journal.Meeting(source, target);
        (sourceFacts, targetFacts) = (Remembered(sourceFacts, journal, pair.Source, options.Rules.KeepsDebt), Remembered(targetFacts, journal, pair.Target, options.Rules.KeepsDebt));
        var (sourceTower, targetTower) = (VerdictOf(source, pair), VerdictOf(target, pair));
        var watchedSource = new VoteWatch(pair.Towers, NodeSide.Source, pair.StakedIdentity, source.Tower, sourceTower);
        var watchedTarget = new VoteWatch(pair.Towers, NodeSide.Target, pair.StakedIdentity, target.Tower, targetTower);
        VoteWatch[] watches = [.. sourceFacts.RunsStaked ? [watchedSource] : (VoteWatch[])[], .. targetFacts.RunsStaked ? [watchedTarget] : (VoteWatch[])[]];
        await VoteWatch.AllAsync(watches, SlotsWatched, LookPace.Of(options.Slot), time, cancellationToken).ConfigureAwait(false);
        var survey = new PairSurvey { Source = source, Target = target, VoteAccount = await asking.ConfigureAwait(false) };
        return new PairLook
        {
            Survey = survey,
            Journal = journal,
            SourceTower = sourceTower,
            TargetTower = targetTower,
            VoteAccount = survey.VoteAccount.Value,
            AtWork = [.. survey.Nodes.Where(static node => node.Inspection.Value?.IsLocked == true)
                .Select(static node => node.Inspection.Value!.LockHolder ?? $"somebody who gave no name, on {node.Name}")
                .Where(holder => !LockOwner.IsOf(holder, run)).Distinct(StringComparer.Ordinal)],
            Facts = new PairFacts
            {
                Source = sourceFacts with { SavesTowers = sourceFacts.RunsStaked ? watchedSource.Saves : null },
                Target = targetFacts with { SavesTowers = targetFacts.RunsStaked ? watchedTarget.Saves : null },
                AreOne = journal.NodesAreOne,
                Newest = TowerAges.NewestOf(survey, sourceTower, targetTower),
                LinkFirst = owed is { } lost && (lost == NodeSide.Source ? source : target).ContactInfo.Call.Failure == CallFailure.Skipped ? lost : null,
            },
        };

        async Task<(NodeSurvey Survey, NodeFacts Facts)> SeeAsync(NodeSide side)
        {
            var node = await LookAsync(pair, side, asksValidator: true, either.Token).ConfigureAwait(false);
            return (node, await FactsOf(pair, node).ConfigureAwait(false));
        }

        async Task<(NodeSurvey Survey, NodeFacts Facts)> SeeOwedAsync(NodeSide side, NodeFacts other)
        {
            var files = await LookAsync(pair, side, asksValidator: false, either.Token).ConfigureAwait(false);
            var isOwed = journal.Meeting(side == NodeSide.Source ? files : null, side == NodeSide.Target ? files : null).OwedBy(pair.On(side)) is not null;
            return isOwed && RecoveryFacts.MovesLinkFirst(other, files.Link.Value?.Identity)
                ? (files, await FactsOf(pair, files).ConfigureAwait(false))
                : await SeeAsync(side).ConfigureAwait(false);
        }
    }

    /// <summary>Who else is at work on the nodes, as they call themselves in the locks that they hold.</summary>
    public IReadOnlyList<string> AtWork { get; private init; } = [];

    public TowerVerdict? TowerOn(NodeSide side) => side == NodeSide.Source ? SourceTower : TargetTower;

    /// <summary>The node that a takeover has left something to be done on, if that is one of the two.</summary>
    private static NodeSide? OwedOne(JournalLook journal, ValidatorPair pair) => (journal.OwedBy(pair.Source), journal.OwedBy(pair.Target)) switch
    {
        (not null, null) => NodeSide.Source,
        (null, not null) => NodeSide.Target,
        _ => null,
    };

    /// <param name="pair">The nodes.</param>
    /// <param name="side">The one that is looked at.</param>
    /// <param name="asksValidator">Whether its validator is asked as well, or its files alone.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private static async Task<NodeSurvey> LookAsync(ValidatorPair pair, NodeSide side, bool asksValidator, CancellationToken cancellationToken)
    {
        var inspecting = Preflight.Survey.AskAsync(() => pair.On(side).Host.InspectAsync(cancellationToken), cancellationToken);
        var look = await (asksValidator ? NodeSurvey.LookAsync(pair, side, cancellationToken) : NodeSurvey.LookAtFilesAsync(pair, side, cancellationToken)).ConfigureAwait(false);
        return look with { Inspection = await inspecting.ConfigureAwait(false) };
    }

    private static TowerVerdict? VerdictOf(NodeSurvey survey, ValidatorPair pair) =>
        survey.Tower.Value is { } file ? TowerVerification.Check(file, pair.StakedIdentity) : null;

    private static async Task<NodeFacts> FactsOf(ValidatorPair pair, NodeSurvey survey)
    {
        var call = survey.ContactInfo.Call;
        var identity = survey.ContactInfo.Value is { } info
            ? info.Identity.Equals(pair.StakedIdentity) ? IdentityRole.Staked : IdentityRole.Unstaked

            : call.Failure == CallFailure.Skipped ? null

            // A validator that the shell does not reach may answer by its RPC.
            : await NodeLook.ByRpcAsync(pair, survey.Side).ConfigureAwait(false);
        return new NodeFacts
        {
            Condition = identity is not null ? NodeCondition.Answers
                : call.Failure == CallFailure.ValidatorStarting ? NodeCondition.Starting
                : call.Failure == CallFailure.ValidatorNotRunning ? NodeCondition.NotRunning
                : NodeCondition.Unreachable,
            Refusal = survey.Reading().Refusal(pair.StakedIdentity),
            Identity = identity,
            Link = survey.Link.Value?.Identity,
            HasTower = survey.Tower.IsDone ? true : survey.Tower.Call.Failure == CallFailure.TowerMissing ? false : null,
            MayBeStopped = pair.On(survey.Side).Process is not null,
        };
    }

    private static NodeFacts Remembered(NodeFacts facts, JournalLook journal, ValidatorNode node, bool keepsDebt) => facts with
    {
        MayTakeIdentity = journal.MayTakeIdentity(node),
        WasLeftSealed = journal.WasLeftSealed(node),
        IsOwed = keepsDebt && journal.OwedBy(node) is not null,
        WentElsewhere = keepsDebt && journal.WentElsewhere(node),
    };

    /// <summary>Asks all three who may know: the pair's view of the cluster may be the RPC of a node that is gone, or behind.</summary>
    private static async Task<CallResult<VoteAccount>> AskChainAsync(ValidatorPair pair, CancellationToken cancellationToken)
    {
        IClusterRpc[] all = [pair.Cluster, pair.Source.Rpc, pair.Target.Rpc];
        var answers = await Task.WhenAll(all.Distinct().Select(rpc => AskAsync(rpc, pair, cancellationToken))).ConfigureAwait(false);
        return answers.Where(answer => answer.IsDone).MaxBy(answer => answer.Value!.LastVote) ?? answers[0];
    }

    private static async Task<CallResult<VoteAccount>> AskAsync(IClusterRpc rpc, ValidatorPair pair, CancellationToken cancellationToken)
    {
        try
        {
            return await VoteAccountSearch.FindAsync(rpc, pair.StakedIdentity, address: null, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return CallResult.NotDone(CallFailure.TimedOut, "the cluster's RPC did not answer in time");
        }
    }
}
