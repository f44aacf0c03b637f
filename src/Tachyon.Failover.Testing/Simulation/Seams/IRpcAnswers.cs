using Tachyon.Failover.Cluster;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Testing.Simulation.Chain;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>What a node answers to JSON-RPC, once a call has reached it. Each is given the newest bank that the node has.</summary>
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

    string GenesisHash(Bank newest);

    IReadOnlyList<ulong> Blocks(Bank newest, ulong first, ulong last, Commitment commitment);

    Block? Block(Bank newest, ulong slot, Commitment commitment);
}
