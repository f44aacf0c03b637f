using System.Net;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;

namespace Tachyon.Failover.Execution;

/// <summary>Finds out which identity a node runs, through its shell, its own RPC or gossip.</summary>
internal static class NodeProbe
{
    /// <param name="step">The step that asks.</param>
    /// <param name="pair">The nodes.</param>
    /// <param name="side">The node to probe.</param>
    /// <param name="gossip">The node's gossip address; null if it is unknown.</param>
    public static async Task<StepObservation> AtAsync(FailoverStep step, ValidatorPair pair, NodeSide side, IPEndPoint? gossip)
    {
        var node = pair.On(side);
        var (identity, said) = await IdentityOfAsync(node).ConfigureAwait(false);
        if (identity is not null)
        {
            return new StepObservation(step, CallResult.Done(identity.ToString()), RoleOf(identity, pair));
        }

        // Gossip can only prove that the node has the staked identity. Its absence there may be outdated.
        return await HasStakedIdentityInGossipAsync(pair, gossip).ConfigureAwait(false)
            ? new StepObservation(step, CallResult.Done($"gossip has {pair.StakedIdentity} at {gossip}"), IdentityRole.Staked)
            : new StepObservation(step, said.IsDone ? CallResult.Unknown(CallFailure.Unrecognized) : said);
    }

    /// <summary>The identity that a node's validator reports, over its shell or by its own RPC; null if it does not report one. Also the shell's answer, which may be that no validator runs.</summary>
    public static async Task<(Pubkey? Identity, CallResult Said)> IdentityOfAsync(ValidatorNode node)
    {
        var contactInfo = await node.Host.GetContactInfoAsync(CancellationToken.None).ConfigureAwait(false);
        return (contactInfo.Value?.Identity ?? await AskRpcAsync(node.Rpc).ConfigureAwait(false), contactInfo.Call);
    }

    public static IdentityRole RoleOf(Pubkey identity, ValidatorPair pair) =>
        identity.Equals(pair.StakedIdentity) ? IdentityRole.Staked : IdentityRole.Unstaked;

    /// <summary>The identity that a validator reports by its own RPC; null if it does not report one.</summary>
    public static async Task<Pubkey?> AskRpcAsync(IClusterRpc rpc)
    {
        try
        {
            return await rpc.GetIdentityAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (ClusterRpcException)
        {
            return null;
        }
    }

    private static async Task<bool> HasStakedIdentityInGossipAsync(ValidatorPair pair, IPEndPoint? gossip)
    {
        if (gossip is null)
        {
            return false;
        }

        try
        {
            var nodes = await pair.Cluster.GetClusterNodesAsync(CancellationToken.None).ConfigureAwait(false);
            return nodes.Any(node => node.Identity.Equals(pair.StakedIdentity) && gossip.Equals(node.Gossip));
        }
        catch (ClusterRpcException)
        {
            return false;
        }
    }
}
