using Tachyon.Failover.Cluster;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Seams;

namespace Tachyon.Failover.Tests.Schedule;

/// <summary>A simulated chain's answers, with leader slots and delinquent stake from the test.</summary>
internal sealed class ScheduleAnswers(IRpcAnswers chain) : IRpcAnswers
{
    private const ulong SlotsPerEpoch = 4000;

    /// <summary>The leader slots of each epoch, counted from its first slot; null for an epoch that is never known.</summary>
    public Func<ulong, ulong[]?> Leader { get; set; } = static _ => [];

    /// <summary>How many epochs after the present one are known.</summary>
    public ulong EpochsAhead { get; set; } = 1;

    /// <summary>How much of the stake is delinquent at a slot.</summary>
    public Func<ulong, double> Delinquent { get; set; } = static _ => 0;

    public Pubkey Identity(Bank newest) => chain.Identity(newest);

    public NodeHealth Health(Bank newest) => chain.Health(newest);

    public EpochInfo Epoch(Bank newest, Commitment commitment) => chain.Epoch(newest, commitment);

    public IReadOnlyList<ulong>? LeaderSlots(Bank newest, ulong? slot, Pubkey identity) =>
        (slot ?? newest.Slot) / SlotsPerEpoch is var epoch && epoch > (newest.Slot / SlotsPerEpoch) + EpochsAhead ? null : Leader(epoch);

    public AccountInfo? Account(Bank newest, Pubkey account, Commitment commitment) => chain.Account(newest, account, commitment);

    public IReadOnlyList<VoteAccount> VoteAccounts(Bank newest, Commitment commitment, Pubkey? voteAccount)
    {
        var delinquent = (ulong)(Delinquent(newest.Slot) * 1000);
        return
        [
            .. chain.VoteAccounts(newest, commitment, voteAccount)
                .Zip([1000 - delinquent, delinquent], (account, stake) => account.With(it => it.ActivatedStake = stake))
                .Select((account, index) => account.With(it => it.IsDelinquent = index == 1)),
        ];
    }

    public IReadOnlyList<ClusterNode> Nodes(Bank newest) => chain.Nodes(newest);

    public string Version(Bank newest) => chain.Version(newest);

    public bool? AgGenesisCert(Bank newest) => chain.AgGenesisCert(newest);

    public string GenesisHash(Bank newest) => chain.GenesisHash(newest);

    public IReadOnlyList<ulong> Blocks(Bank newest, ulong first, ulong last, Commitment commitment) => chain.Blocks(newest, first, last, commitment);

    public Block? Block(Bank newest, ulong slot, Commitment commitment) => chain.Block(newest, slot, commitment);
}
