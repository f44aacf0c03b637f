using Tachyon.Failover.Cluster;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Reads both nodes, their links and towers, the chain and the journal, and observes for some slots which node saves votes. Changes nothing.</summary>
internal sealed class PairProbe
{
    // Longer than any run of skipped slots that one or two missing leaders cause.
    private const int SlotsWatched = 12;

    // On Alpenglow the chain shows a vote some 8 slots late, and now and then 15.
    private const int SlotsWatchedWithoutTowers = 32;

    // A node that votes saves a tower in nearly every slot.
    private const int SlotsThatShow = 3;

    private PairProbe()
    {
    }

    public required PairSurvey Survey { get; init; }

    public required JournalReading Journal { get; init; }

    public required PairFacts Facts { get; init; }

    public required TowerVerdict? SourceTower { get; init; }

    public required TowerVerdict? TargetTower { get; init; }

    /// <summary>The newest landed vote, of all RPCs that answered; null if none did.</summary>
    public VoteAccount? VoteAccount { get; private init; }

    /// <param name="pair">The nodes.</param>
    /// <param name="options">Time limits and the journal.</param>
    /// <param name="run">The run that reads.</param>
    /// <param name="movesLinkFirst">Whether the link of a node with a pending demotion may still be moved before its validator is asked.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the probe.</param>
    public static async Task<PairProbe> TakeAsync(ValidatorPair pair, FailoverOptions options, RunId run, bool movesLinkFirst, TimeProvider time, CancellationToken cancellationToken)
    {
        var journal = await JournalReading.ReadAsync(options, pair, run, time, cancellationToken).ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(options.PreflightTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var asking = AskChainAsync(pair, either.Token);
        var clients = AskClientsAsync(pair, either.Token);
        var pending = movesLinkFirst ? WithPendingDemotion(journal, pair) : null;
        var first = SeeAsync(pending?.Other() ?? NodeSide.Source);
        var second = pending is null ? SeeAsync(NodeSide.Target) : SeeLostAsync(pending.Value, (await first.ConfigureAwait(false)).Facts);
        var seen = ((NodeSurvey Survey, NodeFacts Facts)[])[await first.ConfigureAwait(false), await second.ConfigureAwait(false)];
        var (source, sourceFacts) = seen.Single(node => node.Survey.Side == NodeSide.Source);
        var (target, targetFacts) = seen.Single(node => node.Survey.Side == NodeSide.Target);

        // From here on both nodes are known by their identities, not by their names in the settings.
        journal.Meeting(source, target);
        (sourceFacts, targetFacts) = (Remembered(sourceFacts, journal, pair.Source), Remembered(targetFacts, journal, pair.Target));
        var (sourceTower, targetTower) = (VerdictOf(source, pair), VerdictOf(target, pair));
        var watchedSource = new VoteWatch(pair.Towers, NodeSide.Source, pair.StakedIdentity, source.Tower, sourceTower);
        var watchedTarget = new VoteWatch(pair.Towers, NodeSide.Target, pair.StakedIdentity, target.Tower, targetTower);
        var (account, witness) = await asking.ConfigureAwait(false);
        ((source.RunningVersion, source.HasAgGenesisCert), (target.RunningVersion, target.HasAgGenesisCert), var cluster) = await clients.ConfigureAwait(false);
        var survey = new PairSurvey { Source = source, Target = target, VoteAccount = account, Cluster = cluster };
        var client = survey.ClientRefusals(pair) is [var refusal, ..] ? refusal : null;
        var chain = new LandingWatch(witness, pair.StakedIdentity, account.Value);
        if (client is { HasTowers: false })
        {
            await chain.AwaitAsync(SlotsWatchedWithoutTowers, ProbePace.Of(options.Slot), time, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await WatchAsync([(sourceFacts, watchedSource), (targetFacts, watchedTarget)], chain, ProbePace.Of(options.Slot), time, cancellationToken).ConfigureAwait(false);
        }

        return new PairProbe
        {
            Survey = survey,
            Journal = journal,
            SourceTower = sourceTower,
            TargetTower = targetTower,
            VoteAccount = survey.VoteAccount.Value,
            AtWork = [.. survey.Nodes.Where(static node => node.Inspection.Value?.IsLocked == true)
                .Select(static node => node.Inspection.Value!.LockHolder ?? $"an unnamed holder, on {node.Name}")
                .Where(holder => !LockOwner.IsOf(holder, run)).Distinct(StringComparer.Ordinal)],
            Facts = new PairFacts
            {
                Source = sourceFacts with { SavesTowers = Saves(sourceFacts, watchedSource, targetFacts) },
                Target = targetFacts with { SavesTowers = Saves(targetFacts, watchedTarget, sourceFacts) },
                Landed = chain.Landed,
                Client = client,
                AreOne = journal.NodesAreOne,
                Newest = WasSeen(source) && WasSeen(target) && survey.VoteAccount.Value is { } voted ? TowerAges.NewestOf(sourceTower, targetTower, voted.Node, voted.LastVote) : NewestTower.Unknown,
                LinkFirst = pending is { } lost && (lost == NodeSide.Source ? source : target).ContactInfo.Call.Failure == CallFailure.Skipped ? lost : null,
            },
        };

        // Without towers, a vote that lands is cast by the one node that runs the staked identity.
        bool? Saves(NodeFacts node, VoteWatch towers, NodeFacts other) =>
            client is { HasTowers: false } ? chain.Landed is not null && node.RunsStaked && other is { IsKnown: true, RunsStaked: false } ? true : null
            : IsWatched(node) ? towers.Saves
            : null;

        async Task<(NodeSurvey Survey, NodeFacts Facts)> SeeAsync(NodeSide side)
        {
            var node = await ProbeAsync(pair, side, asksValidator: true, either.Token).ConfigureAwait(false);
            return (node, await FactsOf(pair, node, time).ConfigureAwait(false));
        }

        async Task<(NodeSurvey Survey, NodeFacts Facts)> SeeLostAsync(NodeSide side, NodeFacts other)
        {
            var files = await ProbeAsync(pair, side, asksValidator: false, either.Token).ConfigureAwait(false);
            var hasPendingDemotion = journal.Meeting(side == NodeSide.Source ? files : null, side == NodeSide.Target ? files : null).DemotionPendingBy(pair.On(side)) is not null;
            return hasPendingDemotion && RecoveryFacts.MovesLinkFirst(other, files.Link.Value?.Identity)
                ? (files, await FactsOf(pair, files, time).ConfigureAwait(false))
                : await SeeAsync(side).ConfigureAwait(false);
        }
    }

    /// <summary>The holders of the locks on the nodes, as they name themselves.</summary>
    public IReadOnlyList<string> AtWork { get; private init; } = [];

    public TowerVerdict? TowerOn(NodeSide side) => side == NodeSide.Source ? SourceTower : TargetTower;

    /// <summary>The node with a pending demotion, if exactly one of the two has it.</summary>
    private static NodeSide? WithPendingDemotion(JournalReading journal, ValidatorPair pair) => (journal.DemotionPendingBy(pair.Source), journal.DemotionPendingBy(pair.Target)) switch
    {
        (not null, null) => NodeSide.Source,
        (null, not null) => NodeSide.Target,
        _ => null,
    };

    /// <param name="pair">The nodes.</param>
    /// <param name="side">The node to read.</param>
    /// <param name="asksValidator">Whether to ask its validator as well, or to read only its files.</param>
    /// <param name="cancellationToken">Cancels the probe.</param>
    private static async Task<NodeSurvey> ProbeAsync(ValidatorPair pair, NodeSide side, bool asksValidator, CancellationToken cancellationToken)
    {
        var inspecting = Preflight.Survey.AskAsync(() => pair.On(side).Host.InspectAsync(cancellationToken), cancellationToken);
        var look = await (asksValidator ? NodeSurvey.ProbeAsync(pair, side, cancellationToken) : NodeSurvey.ProbeFilesAsync(pair, side, cancellationToken)).ConfigureAwait(false);
        look.Inspection = await inspecting.ConfigureAwait(false);
        return look;
    }

    private static TowerVerdict? VerdictOf(NodeSurvey survey, ValidatorPair pair) =>
        survey.Tower.Value is { } file ? TowerVerification.Check(file, pair.StakedIdentity) : null;

    // If a node reports its unstaked identity, the staked tower on its disk is not its own.
    private static bool IsWatched(NodeFacts node) => node.RunsStaked || node.Condition != NodeCondition.Running || node.OtherIdentity is not null;

    /// <summary>
    /// Observes the towers of both nodes until each node with the staked identity was seen to vote. If no node is seen to vote, it reads the chain as well:
    /// the chain also shows votes of a validator that the probes do not find.
    /// </summary>
    private static async Task WatchAsync((NodeFacts Facts, VoteWatch Towers)[] nodes, LandingWatch chain, TimeSpan slot, TimeProvider time, CancellationToken cancellationToken)
    {
        var watched = nodes.Where(node => IsWatched(node.Facts)).ToArray();
        var isOver = await chain.IsSilentAsync(SlotsWatched, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < SlotsWatched && !cancellationToken.IsCancellationRequested; i++)
        {
            var isSeen = watched.Any(node => node.Towers.Saves == true);
            var isShown = watched.All(node => node.Towers.Saves == true || (!node.Facts.RunsStaked && i >= SlotsThatShow));
            if (isShown && (isSeen || isOver || chain.Landed is not null))
            {
                return;
            }

            await time.DelayAsync(slot, CancellationToken.None).ConfigureAwait(false);
            await Task.WhenAll(
            [
                .. watched.Where(node => node.Towers.Saves != true).Select(node => node.Towers.ProbeAsync(cancellationToken)),
                isSeen || isOver ? Task.CompletedTask : chain.ProbeAsync(cancellationToken),
            ]).ConfigureAwait(false);
        }
    }

    private static async Task<NodeFacts> FactsOf(ValidatorPair pair, NodeSurvey survey, TimeProvider time)
    {
        var node = pair.On(survey.Side);
        var reading = survey.Reading();

        // A validator that the shell does not reach may answer through its RPC.
        var wasAsked = survey.ContactInfo.Call.Failure != CallFailure.Skipped;
        var runs = survey.ContactInfo.Value?.Identity ?? (wasAsked ? await NodeProbe.AskRpcAsync(node.Rpc).ConfigureAwait(false) : null);
        var isOther = runs is not null && reading.UnstakedKey is { } own && !runs.Equals(own) && !runs.Equals(pair.StakedIdentity);
        return new NodeFacts
        {
            Name = node.Name,
            Condition = runs is not null ? NodeCondition.Running : await ConditionOf(node, survey, time).ConfigureAwait(false),
            Refusal = reading.Refusal(pair.StakedIdentity),
            Identity = runs is null || isOther ? null : runs.Equals(pair.StakedIdentity) ? IdentityRole.Staked : IdentityRole.Unstaked,
            OtherIdentity = isOther ? runs : null,
            Trouble = runs is null ? survey.ContactInfo.Call.ToString() : null,
            Link = survey.Link.Value?.Identity,
            HasTower = survey.Tower.IsDone ? true : survey.Tower.Call.Failure == CallFailure.TowerMissing ? false : null,
            MayBeStopped = node.Process is not null,
        };
    }

    private static bool WasSeen(NodeSurvey node) => node.Tower.IsDone || node.Tower.Call.Failure == CallFailure.TowerMissing;

    private static NodeFacts Remembered(NodeFacts facts, JournalReading journal, ValidatorNode node) => facts with
    {
        MayTakeIdentity = journal.MayTakeIdentity(node),
        WasLeftSealed = journal.WasLeftSealed(node),
        HasPendingDemotion = journal.DemotionPendingBy(node) is not null,
        WentElsewhere = journal.WentElsewhere(node),
    };

    /// <summary>
    /// The condition of a node whose validator does not report its identity. "No socket" alone is no proof: a starting process may have read its link already.
    /// If no process is seen, a second look must confirm that none runs.
    /// </summary>
    private static async Task<NodeCondition> ConditionOf(ValidatorNode node, NodeSurvey survey, TimeProvider time)
    {
        if (survey.ContactInfo.Call.Failure != CallFailure.ValidatorNotRunning)
        {
            return survey.ContactInfo.Call.Failure == CallFailure.ValidatorStarting ? NodeCondition.Starting : NodeCondition.Unreachable;
        }

        var inspection = survey.Inspection.Value;
        if (inspection?.Processes?.Any(process => process.Ledger is { IsAsInSettings: not false }) == true)
        {
            return NodeCondition.Starting;
        }

        var noneRuns = node.Process is { } process
            ? (await BoundedCall.RunAsync(process.VerifyStoppedAsync, process.LongestStop, time).ConfigureAwait(false)).IsDone
            : inspection is { Processes: not null, LedgerPlace: not null };
        return noneRuns ? NodeCondition.NotRunning : NodeCondition.Unreachable;
    }

    /// <summary>Asks the RPCs of both nodes which client they are, and all three by which consensus the cluster votes.</summary>
    private static async Task<((CallResult<string> Version, bool? HasCert) Source, (CallResult<string> Version, bool? HasCert) Target, ClusterSurvey Cluster)> AskClientsAsync(
        ValidatorPair pair, CancellationToken cancellationToken)
    {
        var source = NodeSurvey.AskClientAsync(pair.Source.Rpc, cancellationToken);
        var target = NodeSurvey.AskClientAsync(pair.Target.Rpc, cancellationToken);
        var (hasCert, isActive) = await ClientQuestion.AskAsync(pair.Cluster, cancellationToken).ConfigureAwait(false);
        return (await source.ConfigureAwait(false), await target.ConfigureAwait(false), new ClusterSurvey { HasAgGenesisCert = hasCert, AlpenglowIsActive = isActive });
    }

    /// <summary>Asks all three RPCs: the pair's cluster RPC may belong to a node that is gone or behind.</summary>
    private static async Task<(CallResult<VoteAccount> Account, IClusterRpc Witness)> AskChainAsync(ValidatorPair pair, CancellationToken cancellationToken)
    {
        IClusterRpc[] all = [pair.Cluster, pair.Source.Rpc, pair.Target.Rpc];
        var answers = await Task.WhenAll(all.Distinct().Select(async rpc => (Account: await LandingWatch.AskAsync(rpc, pair.StakedIdentity, cancellationToken).ConfigureAwait(false), Witness: rpc))).ConfigureAwait(false);
        return answers.Where(answer => answer.Account.IsDone).OrderByDescending(answer => answer.Account.Value!.LastVote).FirstOrDefault(answers[0]);
    }
}
