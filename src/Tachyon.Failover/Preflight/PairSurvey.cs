using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Preflight;

/// <summary>What both nodes and the cluster said when they were asked, once, for all checks. Immutable.</summary>
public sealed record PairSurvey
{
    /// <summary>The source.</summary>
    public required NodeSurvey Source { get; init; }

    /// <summary>The target.</summary>
    public required NodeSurvey Target { get; init; }

    /// <summary>The vote account of the staked identity, as the cluster's RPC has it.</summary>
    public required CallResult<VoteAccount> VoteAccount { get; init; }

    /// <summary>What else the cluster's RPC said.</summary>
    public ClusterSurvey Cluster { get; init; } = new();

    internal IReadOnlyList<NodeSurvey> Nodes => [Source, Target];

    /// <summary>Whether the switchover was asked for the other way round: TF102 says so, and what follows from it is no finding of its own.</summary>
    internal bool IsTurned(ValidatorPair pair) => Source.Runs(pair) is false && Target.Runs(pair) is true;

    /// <summary>Asks both nodes and the cluster, side by side. Changes nothing. Whatever does not answer, or not in time, is a result of its own.</summary>
    /// <param name="pair">Whom.</param>
    /// <param name="time">The clock that trips are measured with, and the nodes' clocks compared; null for the system's.</param>
    /// <param name="cancellationToken">Ends the asking; what has not answered by then has timed out.</param>
    public static async Task<PairSurvey> TakeAsync(ValidatorPair pair, TimeProvider? time = null, CancellationToken cancellationToken = default)
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

    /// <summary>Asks the target and the cluster, for a takeover, which cannot count on the source. Where the cluster's RPC is lost with the source, the target's own shows the cluster.</summary>
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
}
