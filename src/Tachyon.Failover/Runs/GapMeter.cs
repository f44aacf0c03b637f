using Tachyon.Failover.Cluster;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>Reads the chain to find what a switchover cost.</summary>
internal sealed class GapMeter(IClusterRpc cluster, Pubkey stakedIdentity, TimeSpan slot, TimeProvider time)
{
    private const int VoteTooOld = 0;

    // The effect of a wrong tower shows in the first blocks after the gap. The blocks of a public cluster are large, and the result waits for the last of these.
    private const ulong BlocksRead = 5;

    /// <summary>Waits until a vote for that slot, or a later one, has landed.</summary>
    /// <returns>The account as it was then; null if the caller canceled before.</returns>
    public async Task<VoteAccount?> AwaitLandedAsync(Pubkey? address, ulong voted, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if ((await VoteAccountSearch.FindAsync(cluster, stakedIdentity, address, cancellationToken).ConfigureAwait(false)).Value is { } account && account.LastVote >= voted)
                {
                    return account;
                }

                await PauseAsync(slot / 2, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>The slots with a block between two slots, both excluded; null if the cluster did not say.</summary>
    public async Task<IReadOnlyList<ulong>?> BlocksBetweenAsync(ulong first, ulong last, CancellationToken cancellationToken)
    {
        if (last <= first + 1)
        {
            return [];
        }

        // Nodes list only confirmed blocks, which takes a slot or two. Both ends were voted for, so both have blocks:
        // a node that does not list them keeps none.
        return await AwaitConfirmedAsync(last, cancellationToken).ConfigureAwait(false) is not null
            && await BlocksAsync(first, last, cancellationToken).ConfigureAwait(false) is { Count: >= 2 } blocks
            && blocks[0] == first
            && blocks[^1] == last
            ? [.. blocks.Skip(1).SkipLast(1)]
            : null;
    }

    /// <summary>Number of the account's votes that landed and were refused in the blocks after a slot; null if the node has no such blocks.</summary>
    public async Task<int?> CountRefusedAsync(Pubkey voteAccount, ulong after, CancellationToken cancellationToken)
    {
        var counts = new List<Task<int?>>();
        for (ulong read = after, newest; read < after + BlocksRead; read = newest)
        {
            if (await AwaitConfirmedAsync(read + 1, cancellationToken).ConfigureAwait(false) is not { } confirmed
                || await BlocksAsync(read + 1, newest = Math.Min(confirmed, after + BlocksRead), cancellationToken).ConfigureAwait(false) is not { } blocks)
            {
                return null;
            }

            counts.AddRange(blocks.Select(number => RefusedInAsync(number, voteAccount, cancellationToken)));
        }

        var refused = await Task.WhenAll(counts).ConfigureAwait(false);
        return refused.Length > 0 && refused.All(count => count is not null) ? refused.Sum() : null;
    }

    private async Task<int?> RefusedInAsync(ulong number, Pubkey voteAccount, CancellationToken cancellationToken) =>
        (await BlockAsync(number, cancellationToken).ConfigureAwait(false))?.Transactions.Count(transaction =>
            transaction.Failed && transaction.CustomError != VoteTooOld && transaction.Accounts.Contains(voteAccount));

    /// <summary>Waits until a slot is confirmed, and gives the newest one that is; null if the cluster did not say.</summary>
    private Task<ulong?> AwaitConfirmedAsync(ulong wanted, CancellationToken cancellationToken) =>
        AskAsync<ulong?>(async () =>
        {
            while (true)
            {
                if (await cluster.GetSlotAsync(Commitment.Confirmed, cancellationToken).ConfigureAwait(false) is var newest && newest >= wanted)
                {
                    return newest;
                }

                await PauseAsync(slot / 2, cancellationToken).ConfigureAwait(false);
            }
        });

    // A canceled delay continues on a thread of the pool. A run must not use one (see TowerFeed).
    private Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) =>
        time.DelayAsync(pause, cancellationToken);

    private Task<IReadOnlyList<ulong>?> BlocksAsync(ulong first, ulong last, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<ulong>?>(async () => await cluster.GetBlocksAsync(first, last, Commitment.Confirmed, cancellationToken).ConfigureAwait(false));

    private Task<Block?> BlockAsync(ulong number, CancellationToken cancellationToken) =>
        AskAsync(() => cluster.GetBlockAsync(number, Commitment.Confirmed, cancellationToken));

    /// <summary>The cluster's answer; null if there is none or the caller canceled.</summary>
    private static async Task<T?> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ClusterRpcException or OperationCanceledException)
        {
            return default;
        }
    }
}
