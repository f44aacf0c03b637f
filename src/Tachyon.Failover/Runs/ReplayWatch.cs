using Tachyon.Failover.Cluster;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>
/// Finds out whether a validator has replayed blocks since it was demoted. Until then it votes with its old identity if it has a voter (validator.md 1.4).
/// A validator that is cut off from the cluster can be in that state for hours. The first block that reaches it makes it a second voter.
/// </summary>
internal static class ReplayWatch
{
    // The identity may change at the first block; it has changed after the second. Each block must be seen to arrive:
    // two answers may differ only because one of them was old.
    private const int Blocks = 2;
    internal const int SlotsWaited = 15;

    // The next steps of a run wait for the second block. It is to be seen soon after it has come.
    private const int ProbesInSlot = 4;

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

    /// <summary>Adds the voters of a validator that runs its unstaked identity, after it can no longer vote with the staked one.</summary>
    public static async Task<CallResult> ReturnVotersAsync(ValidatorNode node, ulong? since, TimeSpan slot, TimeProvider time)
    {
        var replayed = await AwaitAsync(node, since, slot, time, CancellationToken.None).ConfigureAwait(false);
        return replayed.IsDone ? await node.Host.AddAuthorizedVotersAsync(CancellationToken.None).ConfigureAwait(false) : replayed;
    }

    /// <summary>Waits until the node was seen to replay two more blocks.</summary>
    /// <param name="node">The node.</param>
    /// <param name="since">A slot that it had replayed after the call; null to begin with the present slot.</param>
    /// <param name="slot">The length of a slot.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static async Task<CallResult> AwaitAsync(ValidatorNode node, ulong? since, TimeSpan slot, TimeProvider time, CancellationToken cancellationToken)
    {
        var (seen, begun, pace) = (0, time.GetTimestamp(), ProbePace.Of(slot));
        do
        {
            var newest = await SlotAsync(node.Rpc, cancellationToken).ConfigureAwait(false);
            seen += newest > since ? 1 : 0;
            since = newest > since ? newest : since ?? newest;
            if (seen == Blocks)
            {
                return CallResult.Done();
            }

            await time.DelayAsync(pace / ProbesInSlot, cancellationToken).ConfigureAwait(false);
        }
        while (time.GetElapsedTime(begun) < pace * SlotsWaited);

        return CallResult.NotDone(
            CallFailure.Refused,
            since is null
                ? $"the RPC of {node.Name} does not say which slot it is at, so it is unknown whether it still votes with the staked identity; its authorized voters are not added"
                : $"{node.Name} has replayed no block since slot {since}: it would vote with the staked identity at the next one; its authorized voters are not added. Find out why it is cut off from the cluster");
    }
}
