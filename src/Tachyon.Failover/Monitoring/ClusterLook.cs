using Tachyon.Failover.Cluster;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Monitoring;

/// <summary>Asks witnesses whether votes of the staked identity land.</summary>
/// <remarks>
/// All at the commitment <c>confirmed</c>, for which two thirds of the stake have voted: whoever sees that go on sees the cluster's own chain, and a node that is cut off with some others does
/// not. So what two of them see cannot differ but for their delay.
/// </remarks>
internal static class ClusterLook
{
    /// <param name="witnesses">Whom.</param>
    /// <param name="stakedIdentity">Whose votes.</param>
    /// <param name="at">When, on a clock that only goes forward.</param>
    /// <param name="limit">How long each may take.</param>
    /// <param name="time">The clock of the limit.</param>
    /// <param name="cancellationToken">Gives up: whoever has not answered by then has not.</param>
    public static async Task<WatchLook> TakeAsync(
        IReadOnlyList<ClusterWitness> witnesses, Pubkey stakedIdentity, TimeSpan at, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var looks = await Task.WhenAll(witnesses.Select(witness => AskAsync(witness, stakedIdentity, either.Token))).ConfigureAwait(false);
        return new WatchLook
        {
            At = at,
            Witnesses = [.. looks.Select(look => look.Witness)],
            Balance = looks.Max(look => look.Balance),
        };
    }

    private static async Task<(WitnessLook Witness, ulong? Balance)> AskAsync(ClusterWitness witness, Pubkey stakedIdentity, CancellationToken cancellationToken)
    {
        try
        {
            var asked = BalanceAsync(witness.Rpc, stakedIdentity, cancellationToken);

            // The slot before the account: what happens in between makes the silence that is seen shorter than it is, never longer.
            var slot = await witness.Rpc.GetSlotAsync(Commitment.Confirmed, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            var account = await VoteAccountSearch.FindAsync(witness.Rpc, stakedIdentity, address: null, cancellationToken, Commitment.Confirmed).WaitAsync(cancellationToken).ConfigureAwait(false);
            var balance = await asked.ConfigureAwait(false);
            return (new WitnessLook { Name = witness.Name, Slot = slot, LastVote = account.Value?.LastVote, Failure = account.IsDone ? null : account.Call.Detail }, balance);
        }
        catch (Exception exception)
        {
            // Whatever the RPC of an embedder throws: it did not say.
            return (new WitnessLook { Name = witness.Name, Failure = exception is OperationCanceledException ? "no answer in time" : exception.Message }, null);
        }
    }

    private static async Task<ulong?> BalanceAsync(IClusterRpc rpc, Pubkey stakedIdentity, CancellationToken cancellationToken)
    {
        try
        {
            return (await rpc.GetAccountInfoAsync(stakedIdentity, Commitment.Confirmed, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false))?.Lamports ?? 0;
        }
        catch (Exception)
        {
            return null;
        }
    }
}
