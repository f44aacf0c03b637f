namespace Tachyon.Failover.Cluster.Wire;

/// <summary>The result of <c>getVoteAccounts</c>.</summary>
internal sealed record WireVoteAccounts
{
    public required Account[] Current { get; init; }

    public required Account[] Delinquent { get; init; }

    internal sealed record Account
    {
        public required string VotePubkey { get; init; }

        public required string NodePubkey { get; init; }

        public required ulong ActivatedStake { get; init; }

        public required ulong LastVote { get; init; }

        public required ulong RootSlot { get; init; }

        /// <summary>Each of epoch, credits at its end, credits at its start.</summary>
        public required ulong[][] EpochCredits { get; init; }
    }
}
