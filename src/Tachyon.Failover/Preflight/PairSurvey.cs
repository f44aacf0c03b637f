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

    /// <summary>Asks both nodes and the cluster, side by side. Changes nothing.</summary>
    public static async Task<PairSurvey> TakeAsync(ValidatorPair pair, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var source = NodeSurvey.TakeAsync(pair, NodeSide.Source, cancellationToken);
        var target = NodeSurvey.TakeAsync(pair, NodeSide.Target, cancellationToken);
        var voteAccount = VoteAccountSearch.FindAsync(pair.Cluster, pair.StakedIdentity, address: null, cancellationToken);
        return new PairSurvey
        {
            Source = await source.ConfigureAwait(false),
            Target = await target.ConfigureAwait(false),
            VoteAccount = await voteAccount.ConfigureAwait(false),
        };
    }
}
