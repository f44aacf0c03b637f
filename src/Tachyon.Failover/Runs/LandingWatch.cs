using Tachyon.Failover.Cluster;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>Observes through one RPC whether votes of the staked identity land. If they do, a node votes, even if no node of the pair says so.</summary>
/// <param name="rpc">The RPC to ask.</param>
/// <param name="stakedIdentity">The staked identity.</param>
/// <param name="before">The vote account when the probe began; null if it is unknown.</param>
internal sealed class LandingWatch(IClusterRpc rpc, Pubkey stakedIdentity, VoteAccount? before)
{
    /// <summary>The newest vote that landed since; null if none was seen.</summary>
    public ulong? Landed { get; private set; }

    /// <summary>Asks an RPC for the vote account.</summary>
    public static async Task<CallResult<VoteAccount>> AskAsync(IClusterRpc rpc, Pubkey stakedIdentity, CancellationToken cancellationToken)
    {
        try
        {
            return await VoteAccountSearch.FindAsync(rpc, stakedIdentity, address: null, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return CallResult.NotDone(CallFailure.TimedOut, "the cluster's RPC did not answer in time");
        }
    }

    /// <summary>Whether no vote has landed for so many slots, or the account is unknown. Then there is nothing to wait for.</summary>
    public async Task<bool> IsSilentAsync(int slots, CancellationToken cancellationToken)
    {
        try
        {
            return before is null || await rpc.GetSlotAsync(Commitment.Processed, cancellationToken).ConfigureAwait(false) > before.LastVote + (ulong)slots;
        }
        catch (Exception exception) when (exception is ClusterRpcException or OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>Probes until a vote has landed, for at most so many slots. There is nothing to wait for if the account is unknown.</summary>
    public async Task AwaitAsync(int slots, TimeSpan pace, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var i = 0; i < slots && before is not null && Landed is null && !cancellationToken.IsCancellationRequested; i++)
        {
            await time.DelayAsync(pace, CancellationToken.None).ConfigureAwait(false);
            await ProbeAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        if ((await AskAsync(rpc, stakedIdentity, cancellationToken).ConfigureAwait(false)).Value is { } now && before is not null && now.LastVote > before.LastVote)
        {
            Landed = now.LastVote;
        }
    }
}
