using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Preflight;

/// <summary>The answers of the cluster's RPC. Immutable. A question that was not asked has the failure <see cref="CallFailure.Skipped"/>.</summary>
public sealed class ClusterSurvey
{
    internal ClusterSurvey()
    {
    }

    /// <summary>The chain's epoch and slot; the slot is the newest processed one.</summary>
    public CallResult<EpochInfo> Epoch { get; internal set; } = Survey.NotAsked;

    /// <summary>How long after the survey began <see cref="Epoch"/> was answered: the chain advances meanwhile.</summary>
    public TimeSpan EpochSeenAfter { get; internal set; }

    /// <summary>Identifies the cluster.</summary>
    public CallResult<string> GenesisHash { get; internal set; } = Survey.NotAsked;

    /// <summary>All vote accounts.</summary>
    public CallResult<IReadOnlyList<VoteAccount>> VoteAccounts { get; internal set; } = Survey.NotAsked;

    /// <summary>The nodes in gossip.</summary>
    public CallResult<IReadOnlyList<ClusterNode>> Nodes { get; internal set; } = Survey.NotAsked;

    /// <summary>The staked identity's own account, which pays for its votes; <see cref="CallFailure.Refused"/> if there is none.</summary>
    public CallResult<AccountInfo> StakedAccount { get; internal set; } = Survey.NotAsked;

    /// <summary>The state of the staked identity's vote account.</summary>
    public CallResult<VoteState> VoteState { get; internal set; } = Survey.NotAsked;

    /// <summary>Whether the cluster's RPC shows the certificate with which Alpenglow began; null if it does not say.</summary>
    internal bool? HasAgGenesisCert { get; set; }

    /// <summary>Whether the feature that begins the change to Alpenglow is active; null if it was not asked for.</summary>
    internal bool? AlpenglowIsActive { get; set; }

    /// <summary>Whether every question was answered; "no such account" is an answer.</summary>
    internal bool IsWhole => Epoch.IsDone && GenesisHash.IsDone && VoteAccounts.IsDone && Nodes.IsDone && Said(StakedAccount.Call) && Said(VoteState.Call);

    private static bool Said(CallResult call) => call.IsDone || call.Failure == CallFailure.Refused;

    internal static async Task<ClusterSurvey> TakeAsync(ValidatorPair pair, TimeProvider time, CancellationToken cancellationToken)
    {
        // The vote accounts first: another question needs their answer.
        var rpc = pair.Cluster;
        var accounts = Survey.AskRpcAsync(() => rpc.GetVoteAccountsAsync(Commitment.Processed, voteAccount: null, cancellationToken), cancellationToken);
        var epoch = Survey.AskEpochAsync(rpc, time, cancellationToken);
        var genesis = Survey.AskRpcAsync(() => rpc.GetGenesisHashAsync(cancellationToken), cancellationToken);
        var nodes = Survey.AskRpcAsync(() => rpc.GetClusterNodesAsync(cancellationToken), cancellationToken);
        var identity = Survey.AskAsync(() => AccountAsync(rpc, pair.StakedIdentity, cancellationToken), cancellationToken);
        var consensus = ClientQuestion.AskAsync(rpc, cancellationToken);
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
            HasAgGenesisCert = (await consensus.ConfigureAwait(false)).HasCert,
            AlpenglowIsActive = (await consensus.ConfigureAwait(false)).IsActive,
        };
    }

    private static async Task<CallResult<AccountInfo>> AccountAsync(IClusterRpc rpc, Pubkey address, CancellationToken cancellationToken) =>
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
            : CallResult.NotDone(CallFailure.Unrecognized, $"the RPC could not read the vote account {account.Address}");
    }
}
