using Tachyon.Failover.Cluster;
using Tachyon.Failover.Decisions;

namespace Tachyon.Failover;

/// <summary>Asks witnesses whether votes of the staked identity land.</summary>
/// <remarks>
/// All at the commitment <c>confirmed</c>, for which two thirds of the stake have voted: a node that sees this advance sees the cluster's own chain, and a node that is cut off does
/// not. So the answers of two witnesses differ only by their delay. One reading at a time.
/// </remarks>
internal sealed class ClusterReading(IReadOnlyList<Witness> witnesses, Pubkey stakedIdentity, TimeProvider time)
{
    /// <summary>The vote account as each witness has named it: the list of all accounts is a megabyte per request. A wrong address affects only its own witness.</summary>
    private readonly Pubkey?[] _voteAccounts = new Pubkey?[witnesses.Count];

    /// <param name="at">The time of the reading, on a monotonic clock.</param>
    /// <param name="limit">The time limit for each witness.</param>
    /// <param name="cancellationToken">Cancels the reading. Witnesses that have not answered count as silent.</param>
    public async Task<MonitorReading> TakeAsync(TimeSpan at, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var looks = await Task.WhenAll(witnesses.Select((witness, number) => AskAsync(witness, _voteAccounts[number], either.Token))).ConfigureAwait(false);
        for (var number = 0; number < looks.Length; number++)
        {
            _voteAccounts[number] = looks[number].VoteAccount ?? _voteAccounts[number];
        }

        return new MonitorReading
        {
            At = at,
            Witnesses = [.. looks.Select(look => look.Witness)],
            Balance = looks.Max(look => look.Balance),
        };
    }

    private async Task<(WitnessReading Witness, ulong? Balance, Pubkey? VoteAccount)> AskAsync(Witness witness, Pubkey? voteAccount, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        try
        {
            var asked = BalanceAsync(witness.Rpc, cancellationToken);

            // Read the slot before the account: an event in between makes the observed silence shorter, never longer.
            var slot = await witness.Rpc.GetSlotAsync(Commitment.Confirmed, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            var account = await VoteAccountSearch.FindAsync(witness.Rpc, stakedIdentity, voteAccount, cancellationToken, Commitment.Confirmed).WaitAsync(cancellationToken).ConfigureAwait(false);
            var took = time.GetElapsedTime(begun);
            var balance = await asked.ConfigureAwait(false);
            var look = new WitnessReading
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
            // Any exception of an embedder's RPC counts as no answer.
            var look = new WitnessReading { Name = witness.Name, Took = time.GetElapsedTime(begun), Failure = exception is OperationCanceledException ? "no answer in time" : exception.Message };
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
