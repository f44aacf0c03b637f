using Tachyon.Failover.Cluster;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Preflight;

/// <summary>The answers of both nodes and the cluster, asked once for all checks. Immutable.</summary>
public sealed class PairSurvey
{
    internal PairSurvey()
    {
    }

    /// <summary>The source.</summary>
    public NodeSurvey Source { get; internal set; } = null!;

    /// <summary>The target.</summary>
    public NodeSurvey Target { get; internal set; } = null!;

    /// <summary>The vote account of the staked identity, from the cluster's RPC.</summary>
    public CallResult<VoteAccount> VoteAccount { get; internal set; } = null!;

    /// <summary>The other answers of the cluster's RPC.</summary>
    public ClusterSurvey Cluster { get; internal set; } = new();

    internal IReadOnlyList<NodeSurvey> Nodes => [Source, Target];

    /// <summary>Whether the switchover was asked for in the wrong direction. TF102 reports that, and its consequences are no findings of their own.</summary>
    internal bool IsTurned(ValidatorPair pair) => Source.Runs(pair) is false && Target.Runs(pair) is true;

    /// <summary>Why nothing may be changed on this pair: a client or a consensus that the library does not command safely. Empty if there is no such reason.</summary>
    internal IReadOnlyList<ClientRefusal> ClientRefusals(ValidatorPair pair) => ClientRule.Of(new ClientFacts
    {
        Nodes = [.. Nodes.Select(node => ClientOf(node, pair))],
        ClusterHasAgGenesisCert = Cluster.HasAgGenesisCert,
        AlpenglowIsActive = Cluster.AlpenglowIsActive,
        VotesInAccount = Cluster.VoteState.Value?.Votes,
        AccountHasRoot = Cluster.VoteState.Value?.HasRoot == true,
        HasTower = Nodes.Any(node => node.Tower.Value is { } file && TowerVerification.Check(file, pair.StakedIdentity).IsUsable),
    });

    /// <summary>Asks both nodes and the cluster, side by side. Changes nothing. A missing or late answer is a failed result.</summary>
    /// <param name="pair">The pair to ask.</param>
    /// <param name="time">The clock that measures round trips and is compared with the nodes' clocks; null for the system's.</param>
    /// <param name="cancellationToken">Ends the survey. Questions without an answer have then timed out.</param>
    internal static async Task<PairSurvey> TakeAsync(ValidatorPair pair, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pair);
        time ??= TimeProvider.System;
        var asking = ClusterSurvey.TakeAsync(pair, time, cancellationToken);
        var source = NodeSurvey.TakeAsync(pair, NodeSide.Source, time, cancellationToken);
        var target = NodeSurvey.TakeAsync(pair, NodeSide.Target, time, cancellationToken);
        var cluster = await asking.ConfigureAwait(false);
        return new PairSurvey
        {
            Source = (await source.ConfigureAwait(false)).WithChain(pair, cluster),
            Target = (await target.ConfigureAwait(false)).WithChain(pair, cluster),
            Cluster = cluster,
            VoteAccount = cluster.VoteAccounts.Value is { } accounts ? VoteAccountSearch.Among(accounts, pair.StakedIdentity) : cluster.VoteAccounts.Call,
        };
    }

    /// <summary>Asks the target and the cluster, for a takeover, which cannot count on the source. If the cluster's RPC is lost with the source, the target's own RPC replaces it.</summary>
    internal static async Task<PairSurvey> OfTargetAsync(ValidatorPair pair, TimeProvider time, CancellationToken cancellationToken)
    {
        var asking = ClusterSurvey.TakeAsync(pair, time, cancellationToken);
        var target = await NodeSurvey.TakeAsync(pair, NodeSide.Target, time, cancellationToken).ConfigureAwait(false);
        var cluster = await asking.ConfigureAwait(false);
        if (!cluster.IsWhole && !ReferenceEquals(pair.Cluster, pair.Target.Rpc))
        {
            var seenByTarget = pair with { Cluster = pair.Target.Rpc };
            (cluster, pair) = await ClusterSurvey.TakeAsync(seenByTarget, time, cancellationToken).ConfigureAwait(false) is { IsWhole: true } own ? (own, seenByTarget) : (cluster, pair);
        }

        return new PairSurvey
        {
            Source = new NodeSurvey { Side = NodeSide.Source, Name = pair.Source.Name, ContactInfo = Survey.NotAsked, Link = Survey.NotAsked, Tower = Survey.NotAsked },
            Target = target.WithChain(pair, cluster),
            Cluster = cluster,
            VoteAccount = cluster.VoteAccounts.Value is { } accounts ? VoteAccountSearch.Among(accounts, pair.StakedIdentity) : cluster.VoteAccounts.Call,
        };
    }

    private NodeClient ClientOf(NodeSurvey node, ValidatorPair pair)
    {
        // A lost source is not asked. Gossip still shows what runs the staked identity.
        var identity = node.ContactInfo.Value?.Identity ?? node.RpcIdentity.Value ?? (node.Side == NodeSide.Source ? pair.StakedIdentity : null);
        var inspection = node.Inspection.Value;
        return new NodeClient
        {
            Name = node.Name,
            ProgramFile = inspection?.ProgramFile,
            Program = inspection?.ProgramSaid ?? inspection?.Version,
            Running = node.RunningVersion.Value,
            Published = identity is null ? null : Cluster.Nodes.Value?.FirstOrDefault(contact => contact.Identity.Equals(identity))?.Client,
            HasAgGenesisCert = node.HasAgGenesisCert,
            HasNewerVoteHistory = inspection?.NewerVoteHistories.Contains(pair.StakedIdentity),
        };
    }
}
