using Tachyon.Failover.Cluster;
using Tachyon.Failover.Protocol;

namespace Tachyon.Failover.Execution;

/// <summary>
/// Finds out whether a validator has replayed blocks since it was told to take another identity. Until it has, it votes with the one that it was to lay down, should it
/// have a voter (validator.md 1.4): one that is cut off from the cluster can be in that state for hours, and becomes a second voter with the first block that reaches it.
/// </summary>
internal static class ReplayWatch
{
    // The first block may be the one at which the identity is changed; behind the second it has been. Each must be seen to come: the difference of two answers may be
    // that one of them was old.
    private const int Blocks = 2;
    internal const int SlotsWaited = 15;

    /// <summary>The newest slot that a node has replayed; null if its RPC does not say.</summary>
    public static async Task<ulong?> SlotAsync(IClusterRpc rpc, CancellationToken cancellationToken)
    {
        try
        {
            return await rpc.GetSlotAsync(Commitment.Processed, cancellationToken).ConfigureAwait(false);
        }
        catch (ClusterRpcException)
        {
            return null;
        }
    }

    /// <summary>Waits until the node was seen to replay two blocks more.</summary>
    /// <param name="node">The node.</param>
    /// <param name="since">A slot that it had replayed after it was told; null to begin with the present one.</param>
    /// <param name="slot">The length of a slot.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<CallResult> AwaitAsync(ValidatorNode node, ulong? since, TimeSpan slot, TimeProvider time, CancellationToken cancellationToken)
    {
        var seen = 0;
        for (var waited = 0; waited < SlotsWaited; waited++)
        {
            var newest = await SlotAsync(node.Rpc, cancellationToken).ConfigureAwait(false);
            seen += newest > since ? 1 : 0;
            since = newest > since ? newest : since ?? newest;
            if (seen == Blocks)
            {
                return CallResult.Done();
            }

            await Task.Delay(LookPace.Of(slot), time, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return CallResult.NotDone(
            CallFailure.Refused,
            since is null
                ? $"the RPC of {node.Name} does not say which slot it is at, so nobody knows whether it has laid down the staked identity yet; it is not given its authorized voters"
                : $"{node.Name} has replayed no block since slot {since}: it would vote with the staked identity at the next one; it is not given its authorized voters. Find out why it is cut off from the cluster");
    }
}
