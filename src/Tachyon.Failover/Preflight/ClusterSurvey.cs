using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Preflight;

/// <summary>What the cluster's RPC said when it was asked. Immutable. What was not asked has failed with <see cref="CallFailure.Skipped"/>.</summary>
public sealed record ClusterSurvey
{
    /// <summary>Where the chain is; the slot is the newest processed one.</summary>
    public CallResult<EpochInfo> Epoch { get; init; } = Survey.NotAsked;

    /// <summary>How long after the survey began <see cref="Epoch"/> was answered: the chain goes on meanwhile.</summary>
    public TimeSpan EpochSeenAfter { get; init; }

    /// <summary>Which cluster it is.</summary>
    public CallResult<string> GenesisHash { get; init; } = Survey.NotAsked;

    /// <summary>All vote accounts.</summary>
    public CallResult<IReadOnlyList<VoteAccount>> VoteAccounts { get; init; } = Survey.NotAsked;

    /// <summary>What gossip knows.</summary>
    public CallResult<IReadOnlyList<ClusterNode>> Nodes { get; init; } = Survey.NotAsked;

    /// <summary>The staked identity's own account, which pays for its votes; <see cref="CallFailure.Refused"/> if there is none.</summary>
    public CallResult<AccountInfo> StakedAccount { get; init; } = Survey.NotAsked;

    /// <summary>What the staked identity's vote account holds.</summary>
    public CallResult<VoteState> VoteState { get; init; } = Survey.NotAsked;

    /// <summary>Whether all was answered; an account that there is not is an answer.</summary>
    internal bool IsWhole => Epoch.IsDone && GenesisHash.IsDone && VoteAccounts.IsDone && Nodes.IsDone && Said(StakedAccount.Call) && Said(VoteState.Call);

    private static bool Said(CallResult call) => call.IsDone || call.Failure == CallFailure.Refused;

    internal static async Task<ClusterSurvey> TakeAsync(ValidatorPair pair, TimeProvider time, CancellationToken cancellationToken)
    {
        // The vote accounts first: another question waits for their answer.
        var rpc = pair.Cluster;
        var accounts = Survey.AskRpcAsync(() => rpc.GetVoteAccountsAsync(Commitment.Processed, voteAccount: null, cancellationToken), cancellationToken);
        var epoch = Survey.AskEpochAsync(rpc, time, cancellationToken);
        var genesis = Survey.AskRpcAsync(() => rpc.GetGenesisHashAsync(cancellationToken), cancellationToken);
        var nodes = Survey.AskRpcAsync(() => rpc.GetClusterNodesAsync(cancellationToken), cancellationToken);
        var identity = Survey.AskAsync(() => AccountAsync(rpc, pair.StakedIdentity, cancellationToken), cancellationToken);
        var found = await accounts.ConfigureAwait(false);
        return new ClusterSurvey
        {
            VoteAccounts = found,
            VoteState = await VoteStateAsync(pair, found, cancellationToken).ConfigureAwait(false),
            Epoch = (await epoch.ConfigureAwait(false)).Epoch,
            EpochSeenAfter = (await epoch.ConfigureAwait(false)).After,
            GenesisHash = await genesis.ConfigureAwait(false),
            Nodes = await nodes.ConfigureAwait(false),
            StakedAccount = await identity.ConfigureAwait(false),
        };
    }

    private static async Task<CallResult<AccountInfo>> AccountAsync(IClusterRpc rpc, Identities.Pubkey address, CancellationToken cancellationToken) =>
        await rpc.GetAccountInfoAsync(address, Commitment.Processed, cancellationToken).ConfigureAwait(false) is { } account
            ? account
            : CallResult.NotDone(CallFailure.Refused, $"the cluster has no account {address}");

    private static async Task<CallResult<VoteState>> VoteStateAsync(ValidatorPair pair, CallResult<IReadOnlyList<VoteAccount>> accounts, CancellationToken cancellationToken)
    {
        var own = accounts.Value is { } all ? VoteAccountSearch.Among(all, pair.StakedIdentity) : accounts.Call;
        if (own.Value is not { } account)
        {
            return own.Call;
        }

        var info = await Survey.AskAsync(() => AccountAsync(pair.Cluster, account.Address, cancellationToken), cancellationToken).ConfigureAwait(false);
        return info.Value is null ? info.Call
            : info.Value.Vote is { } state ? state
            : CallResult.NotDone(CallFailure.Unrecognised, $"the RPC did not read the vote account {account.Address}");
    }
}
