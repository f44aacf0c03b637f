using Tachyon.Failover.Cluster;
using Tachyon.Failover.Hosts;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Preflight;

/// <summary>What one node said when it was asked. Immutable. What was not asked has failed with <see cref="CallFailure.Skipped"/>.</summary>
public sealed record NodeSurvey
{
    /// <summary>Which of the two it is.</summary>
    public required NodeSide Side { get; init; }

    /// <summary>The node's name.</summary>
    public required string Name { get; init; }

    /// <summary>Who the running validator says it is.</summary>
    public required CallResult<ValidatorContactInfo> ContactInfo { get; init; }

    /// <summary>Where the identity link points.</summary>
    public required CallResult<IdentityLinkTarget> Link { get; init; }

    /// <summary>The staked identity's tower on the node.</summary>
    public required CallResult<TowerFile> Tower { get; init; }

    /// <summary>What the node is set up with.</summary>
    public CallResult<ValidatorInspection> Inspection { get; init; } = Survey.NotAsked;

    /// <summary>What the validator's own RPC says of its health.</summary>
    public CallResult<NodeHealth> Health { get; init; } = Survey.NotAsked;

    /// <summary>How far the validator has got, by its own RPC; the slot is the newest processed one.</summary>
    public CallResult<EpochInfo> Epoch { get; init; } = Survey.NotAsked;

    /// <summary>How long after the survey began <see cref="Epoch"/> was answered: the chain goes on meanwhile.</summary>
    public TimeSpan EpochSeenAfter { get; init; }

    /// <summary>Which cluster the validator is of, by its own RPC.</summary>
    public CallResult<string> GenesisHash { get; init; } = Survey.NotAsked;

    /// <summary>The version of the validator that runs, by its own RPC.</summary>
    public CallResult<string> RunningVersion { get; init; } = Survey.NotAsked;

    /// <summary>How long it takes to the node and back, without what is done there; null if it could not be measured.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>How far the node's clock is ahead of the coordinator's, to half of <see cref="RoundTrip"/>; null if it could not be measured.</summary>
    public TimeSpan? ClockOffset { get; init; }

    /// <summary>Asks a node everything. Where the chain is, and which, is not asked twice of one that shows the cluster as well: <see cref="WithChain"/>.</summary>
    internal static async Task<NodeSurvey> TakeAsync(ValidatorPair pair, NodeSide side, TimeProvider time, CancellationToken cancellationToken)
    {
        var (node, rpc) = (pair.On(side), pair.On(side).Rpc);
        var health = Survey.AskRpcAsync(() => rpc.GetHealthAsync(cancellationToken), cancellationToken);
        var showsCluster = ReferenceEquals(rpc, pair.Cluster);
        var epoch = showsCluster ? null : Survey.AskEpochAsync(rpc, time, cancellationToken);
        var genesis = showsCluster ? null : Survey.AskRpcAsync(() => rpc.GetGenesisHashAsync(cancellationToken), cancellationToken);
        var version = Survey.AskRpcAsync(() => rpc.GetVersionAsync(cancellationToken), cancellationToken);
        var state = await LookAsync(pair, side, cancellationToken).ConfigureAwait(false);

        // Only now the way to the node is open and nothing is under way on it, so that the time of this call is that of the trip and of the script.
        var (sent, began) = (time.GetUtcNow(), time.GetTimestamp());
        var inspection = await Survey.AskAsync(() => node.Host.InspectAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        var (trip, offset) = Measure(sent, time.GetElapsedTime(began), inspection.Value);
        state = state with
        {
            Inspection = inspection,
            RoundTrip = trip,
            ClockOffset = offset,
            Health = await health.ConfigureAwait(false),
            RunningVersion = await version.ConfigureAwait(false),
        };
        if (epoch is null || genesis is null)
        {
            return state;
        }

        var (seen, after) = await epoch.ConfigureAwait(false);
        return state with { Epoch = seen, EpochSeenAfter = after, GenesisHash = await genesis.ConfigureAwait(false) };
    }

    /// <summary>The node with what the cluster's RPC said of the chain, if that is the node's own.</summary>
    internal NodeSurvey WithChain(ValidatorPair pair, ClusterSurvey cluster) => ReferenceEquals(pair.On(Side).Rpc, pair.Cluster)
        ? this with { Epoch = cluster.Epoch, EpochSeenAfter = cluster.EpochSeenAfter, GenesisHash = cluster.GenesisHash }
        : this;

    /// <summary>Asks a node for what may change from one moment to the next: who it runs, its link, its tower.</summary>
    internal static async Task<NodeSurvey> LookAsync(ValidatorPair pair, NodeSide side, CancellationToken cancellationToken)
    {
        var contactInfo = Survey.AskAsync(() => pair.On(side).Host.GetContactInfoAsync(cancellationToken), cancellationToken);
        var files = await LookAtFilesAsync(pair, side, cancellationToken).ConfigureAwait(false);
        return files with { ContactInfo = await contactInfo.ConfigureAwait(false) };
    }

    /// <summary>The same without its validator, which is asked nothing.</summary>
    internal static async Task<NodeSurvey> LookAtFilesAsync(ValidatorPair pair, NodeSide side, CancellationToken cancellationToken)
    {
        var node = pair.On(side);
        var link = Survey.AskAsync(() => node.Link.ReadAsync(cancellationToken), cancellationToken);
        var tower = Survey.AskAsync(() => pair.Towers.ReadAsync(side, TimeSpan.Zero, cancellationToken), cancellationToken);
        return new NodeSurvey
        {
            Side = side,
            Name = node.Name,
            ContactInfo = Survey.NotAsked,
            Link = await link.ConfigureAwait(false),
            Tower = await tower.ConfigureAwait(false),
        };
    }

    private static (TimeSpan? Trip, TimeSpan? Offset) Measure(DateTimeOffset sent, TimeSpan elapsed, ValidatorInspection? inspection)
    {
        if (inspection is not { Began: { } began, Ended: { } ended } || ended < began)
        {
            return (null, null);
        }

        var trip = elapsed - (ended - began);
        return (trip < TimeSpan.Zero ? TimeSpan.Zero : trip, began + ((ended - began) / 2) - (sent + (elapsed / 2)));
    }
}
