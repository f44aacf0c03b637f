using Tachyon.Failover.Cluster;
using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Execution;

/// <summary>Watches by one RPC whether votes of the staked identity land: somebody votes then, whatever the nodes of the pair say.</summary>
/// <param name="rpc">Whom to ask.</param>
/// <param name="stakedIdentity">The staked identity.</param>
/// <param name="before">The vote account as it was when the look began; null if nobody could say.</param>
internal sealed class LandingWatch(IClusterRpc rpc, Pubkey stakedIdentity, VoteAccount? before)
{
    /// <summary>The newest vote that landed since; null if none was seen to.</summary>
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

    /// <summary>Whether no vote has landed for so many slots already, or nobody can say: then there is nothing to watch for.</summary>
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

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if ((await AskAsync(rpc, stakedIdentity, cancellationToken).ConfigureAwait(false)).Value is { } now && before is not null && now.LastVote > before.LastVote)
        {
            Landed = now.LastVote;
        }
    }
}
