using Tachyon.Failover.Cluster;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Monitoring;

/// <summary>Asks witnesses whether votes of the staked identity land.</summary>
/// <remarks>
/// All at the commitment <c>confirmed</c>, for which two thirds of the stake have voted: whoever sees that go on sees the cluster's own chain, and a node that is cut off with some others does
/// not. So what two of them see cannot differ but for their delay. One look at a time.
/// </remarks>
internal sealed class ClusterLook(IReadOnlyList<ClusterWitness> witnesses, Pubkey stakedIdentity, TimeProvider time)
{
    /// <summary>The vote account as each of them has named it: to ask for all of them again is a megabyte each time. What one says of it misleads no other.</summary>
    private readonly Pubkey?[] _voteAccounts = new Pubkey?[witnesses.Count];

    /// <param name="at">When, on a clock that only goes forward.</param>
    /// <param name="limit">How long each may take.</param>
    /// <param name="cancellationToken">Gives up: whoever has not answered by then has not.</param>
    public async Task<WatchLook> TakeAsync(TimeSpan at, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var looks = await Task.WhenAll(witnesses.Select((witness, number) => AskAsync(witness, _voteAccounts[number], either.Token))).ConfigureAwait(false);
        for (var number = 0; number < looks.Length; number++)
        {
            _voteAccounts[number] = looks[number].VoteAccount ?? _voteAccounts[number];
        }

        return new WatchLook
        {
            At = at,
            Witnesses = [.. looks.Select(look => look.Witness)],
            Balance = looks.Max(look => look.Balance),
        };
    }

    private async Task<(WitnessLook Witness, ulong? Balance, Pubkey? VoteAccount)> AskAsync(ClusterWitness witness, Pubkey? voteAccount, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        try
        {
            var asked = BalanceAsync(witness.Rpc, cancellationToken);

            // The slot before the account: what happens in between makes the silence that is seen shorter than it is, never longer.
            var slot = await witness.Rpc.GetSlotAsync(Commitment.Confirmed, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            var account = await VoteAccountSearch.FindAsync(witness.Rpc, stakedIdentity, voteAccount, cancellationToken, Commitment.Confirmed).WaitAsync(cancellationToken).ConfigureAwait(false);
            var took = time.GetElapsedTime(begun);
            var balance = await asked.ConfigureAwait(false);
            var look = new WitnessLook
            {
                Name = witness.Name,
                Slot = slot,
                LastVote = account.Value?.LastVote,
                IsDelinquent = account.Value?.IsDelinquent,
                Took = took,
                Failure = account.IsDone ? null : account.Call.Detail,
            };
            return (look, balance, account.Value?.Address);
        }
        catch (Exception exception)
        {
            // Whatever the RPC of an embedder throws: it did not say.
            var look = new WitnessLook { Name = witness.Name, Took = time.GetElapsedTime(begun), Failure = exception is OperationCanceledException ? "no answer in time" : exception.Message };
            return (look, null, null);
        }
    }

    private async Task<ulong?> BalanceAsync(IClusterRpc rpc, CancellationToken cancellationToken)
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
