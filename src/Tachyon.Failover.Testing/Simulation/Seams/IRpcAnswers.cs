using Tachyon.Failover.Cluster;
using Tachyon.Failover.Testing.Simulation.Chain;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>A node's answers to JSON-RPC calls that have reached it. Each answer is computed from the node's newest bank.</summary>
internal interface IRpcAnswers
{
    Pubkey Identity(Bank newest);

    NodeHealth Health(Bank newest);

    EpochInfo Epoch(Bank newest, Commitment commitment);

    IReadOnlyList<ulong>? LeaderSlots(Bank newest, ulong? slot, Pubkey identity);

    IReadOnlyList<VoteAccount> VoteAccounts(Bank newest, Commitment commitment, Pubkey? voteAccount);

    AccountInfo? Account(Bank newest, Pubkey account, Commitment commitment);

    IReadOnlyList<ClusterNode> Nodes(Bank newest);

    string Version(Bank newest);

    bool? AgGenesisCert(Bank newest);

    string GenesisHash(Bank newest);

    IReadOnlyList<ulong> Blocks(Bank newest, ulong first, ulong last, Commitment commitment);

    Block? Block(Bank newest, ulong slot, Commitment commitment);
}
