using Tachyon.Failover.Cluster;
using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>Reads the chain to find what a switchover cost.</summary>
internal sealed class GapMeter(IClusterRpc cluster, Pubkey stakedIdentity, TimeSpan slot, TimeProvider time)
{
    private const int VoteTooOld = 0;

    // The effect of a wrong tower shows in the first blocks after the gap. The blocks of a public cluster are large, and the result waits for the last of these.
    private const ulong BlocksRead = 5;

    // Two turns of a leader.
    private const ulong BlocksBefore = 8;

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

    /// <summary>The blocks of the chain around the gap: from some slots before the source's last vote to the last one that was read; null if the node keeps none.</summary>
    public async Task<IReadOnlyList<ulong>?> BlocksAroundAsync(ulong last, ulong first, CancellationToken cancellationToken)
    {
        // The source's last vote may be for an orphan: its own, if it was demoted in the middle of its leader slots. The target's first vote has landed, so its slot has a block.
        var until = first + BlocksRead;
        return await AwaitConfirmedAsync(until, cancellationToken).ConfigureAwait(false) is not null
            && await BlocksAsync(FirstBefore(last), until, cancellationToken).ConfigureAwait(false) is { } blocks
            && blocks.Contains(first) ? blocks : null;
    }

    /// <summary>The leader slots of the identity from some slots before the source's last vote on; null if the cluster does not say.</summary>
    public Task<IReadOnlyList<ulong>?> LeaderSlotsAsync(ulong last, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<ulong>?>(async () =>
    {
        var leader = (await ScheduleReading.AskAsync(cluster, stakedIdentity, time, cancellationToken).ConfigureAwait(false)).Known.Leader;
        return leader.FirstSlot <= FirstBefore(last) ? [.. leader.Slots.Where(slot => slot >= FirstBefore(last))] : null;
    });

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

    private static ulong FirstBefore(ulong last) => last > BlocksBefore ? last - BlocksBefore : 0;

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
