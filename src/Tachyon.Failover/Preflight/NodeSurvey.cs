using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Preflight;

/// <summary>The answers of one node. Immutable. A question that was not asked has the failure <see cref="CallFailure.Skipped"/>.</summary>
public sealed class NodeSurvey
{
    internal NodeSurvey()
    {
    }

    /// <summary>Source or target.</summary>
    public NodeSide Side { get; internal set; }

    /// <summary>The node's name.</summary>
    public string Name { get; internal set; } = null!;

    /// <summary>The identity and addresses that the running validator reports.</summary>
    public CallResult<ClusterNode> ContactInfo { get; internal set; } = null!;

    /// <summary>Where the identity link points.</summary>
    public CallResult<IdentityLinkTarget> Link { get; internal set; } = null!;

    /// <summary>The staked identity's tower on the node.</summary>
    public CallResult<TowerFile> Tower { get; internal set; } = null!;

    /// <summary>The node's set-up.</summary>
    public CallResult<ValidatorInspection> Inspection { get; internal set; } = Survey.NotAsked;

    /// <summary>The health that the validator's own RPC reports.</summary>
    public CallResult<NodeHealth> Health { get; internal set; } = Survey.NotAsked;

    /// <summary>The identity that the node's RPC reports. It must equal the one in <see cref="ContactInfo"/>; otherwise the RPC belongs to another validator.</summary>
    public CallResult<Pubkey> RpcIdentity { get; internal set; } = Survey.NotAsked;

    /// <summary>The validator's epoch and slot, from its own RPC; the slot is the newest processed one.</summary>
    public CallResult<EpochInfo> Epoch { get; internal set; } = Survey.NotAsked;

    /// <summary>How long after the survey began <see cref="Epoch"/> was answered: the chain advances meanwhile.</summary>
    public TimeSpan EpochSeenAfter { get; internal set; }

    /// <summary>Identifies the validator's cluster, from its own RPC.</summary>
    public CallResult<string> GenesisHash { get; internal set; } = Survey.NotAsked;

    /// <summary>The version of the running validator, from its own RPC.</summary>
    public CallResult<string> RunningVersion { get; internal set; } = Survey.NotAsked;

    /// <summary>Whether the node's own RPC shows the certificate with which Alpenglow began; null if it does not say.</summary>
    internal bool? HasAgGenesisCert { get; set; }

    /// <summary>The round-trip time to the node, without the work there; null if it could not be measured.</summary>
    public TimeSpan? RoundTrip { get; internal set; }

    /// <summary>How far the node's clock is ahead of the coordinator's, with an error of at most half of <see cref="RoundTrip"/>; null if it could not be measured.</summary>
    public TimeSpan? ClockOffset { get; internal set; }

    /// <summary>Asks a node everything. A node whose RPC is also the cluster's is not asked twice about the chain: <see cref="WithChain"/>.</summary>
    internal static async Task<NodeSurvey> TakeAsync(ValidatorPair pair, NodeSide side, TimeProvider time, CancellationToken cancellationToken)
    {
        var (node, rpc) = (pair.On(side), pair.On(side).Rpc);
        var health = Survey.AskRpcAsync(() => rpc.GetHealthAsync(cancellationToken), cancellationToken);
        var identity = Survey.AskRpcAsync(() => rpc.GetIdentityAsync(cancellationToken), cancellationToken);
        var showsCluster = ReferenceEquals(rpc, pair.Cluster);
        var epoch = showsCluster ? null : Survey.AskEpochAsync(rpc, time, cancellationToken);
        var genesis = showsCluster ? null : Survey.AskRpcAsync(() => rpc.GetGenesisHashAsync(cancellationToken), cancellationToken);
        var client = AskClientAsync(rpc, cancellationToken);
        var state = await ProbeAsync(pair, side, cancellationToken).ConfigureAwait(false);

        // Only now the connection is open and idle, so that this call measures only the trip and the script.
        var (sent, began) = (time.GetUtcNow(), time.GetTimestamp());
        var inspection = await Survey.AskAsync(() => node.Host.InspectAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        var (trip, offset) = Measure(sent, time.GetElapsedTime(began), inspection.Value);
        state.Inspection = inspection;
        state.RoundTrip = trip;
        state.ClockOffset = offset;
        state.RpcIdentity = await identity.ConfigureAwait(false);
        state.Health = await health.ConfigureAwait(false);
        (state.RunningVersion, state.HasAgGenesisCert) = await client.ConfigureAwait(false);
        if (epoch is null || genesis is null)
        {
            return state;
        }

        (state.Epoch, state.EpochSeenAfter) = await epoch.ConfigureAwait(false);
        state.GenesisHash = await genesis.ConfigureAwait(false);
        return state;
    }

    /// <summary>Asks a node's RPC which client it is, and by which consensus its cluster votes.</summary>
    internal static async Task<(CallResult<string> Version, bool? HasAgGenesisCert)> AskClientAsync(IClusterRpc rpc, CancellationToken cancellationToken)
    {
        var version = Survey.AskRpcAsync(() => rpc.GetVersionAsync(cancellationToken), cancellationToken);
        var hasCert = await ClientQuestion.HasCertAsync(rpc, cancellationToken).ConfigureAwait(false);
        return (await version.ConfigureAwait(false), hasCert);
    }

    /// <summary>Whether the node runs the staked identity; null if unknown.</summary>
    internal bool? Runs(ValidatorPair pair) => ContactInfo.Value?.Identity.Equals(pair.StakedIdentity);

    /// <summary>Adds the cluster RPC's answers about the chain, if that is the node's own RPC.</summary>
    internal NodeSurvey WithChain(ValidatorPair pair, ClusterSurvey cluster) => ReferenceEquals(pair.On(Side).Rpc, pair.Cluster)
        ? this.With(it => { it.Epoch = cluster.Epoch; it.EpochSeenAfter = cluster.EpochSeenAfter; it.GenesisHash = cluster.GenesisHash; })
        : this;

    /// <summary>Asks a node for what may change at any moment: its identity, its link, its tower.</summary>
    internal static async Task<NodeSurvey> ProbeAsync(ValidatorPair pair, NodeSide side, CancellationToken cancellationToken)
    {
        var contactInfo = Survey.AskAsync(() => pair.On(side).Host.GetContactInfoAsync(cancellationToken), cancellationToken);
        var files = await ProbeFilesAsync(pair, side, cancellationToken).ConfigureAwait(false);
        files.ContactInfo = await contactInfo.ConfigureAwait(false);
        return files;
    }

    /// <summary>The same without a question to its validator.</summary>
    internal static async Task<NodeSurvey> ProbeFilesAsync(ValidatorPair pair, NodeSide side, CancellationToken cancellationToken)
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
