using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Seams;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

/// <summary>The answers of a node in the scene, independent of the simulated chain.</summary>
internal sealed class SceneAnswers(ClusterScene scene) : IRpcAnswers
{
    public Pubkey Identity(Bank newest) => scene.Identity;

    public NodeHealth Health(Bank newest) => scene.Health;

    public EpochInfo Epoch(Bank newest, Commitment commitment) => scene.Epoch;

    public IReadOnlyList<ulong>? LeaderSlots(Bank newest, ulong? slot, Pubkey identity) =>
        slot < scene.Epoch.FirstSlot || slot >= scene.Epoch.FirstSlot + scene.Epoch.SlotsInEpoch ? null : scene.LeaderSlots.GetValueOrDefault(identity) ?? [];

    public IReadOnlyList<VoteAccount> VoteAccounts(Bank newest, Commitment commitment, Pubkey? voteAccount) =>
        [.. scene.VoteAccounts.Where(account => voteAccount is null || account.Address.Equals(voteAccount))];

    public AccountInfo? Account(Bank newest, Pubkey account, Commitment commitment) => scene.Accounts.GetValueOrDefault(account);

    public IReadOnlyList<ClusterNode> Nodes(Bank newest) => scene.Nodes;

    public string Version(Bank newest) => scene.Version;

    public bool? AgGenesisCert(Bank newest) => scene.HasAgGenesisCert;

    public string GenesisHash(Bank newest) => scene.GenesisHash;

    public IReadOnlyList<ulong> Blocks(Bank newest, ulong first, ulong last, Commitment commitment) =>
        [.. scene.Blocks.Select(block => block.Slot).Where(slot => slot >= first && slot <= last)];

    public Block? Block(Bank newest, ulong slot, Commitment commitment) => scene.Blocks.FirstOrDefault(block => block.Slot == slot);
}
