namespace Tachyon.Failover.Testing.Simulation.Gossip;

/// <summary>A node's contact info.</summary>
/// <param name="Node">The node, independent of the identity that it runs: in the real gossip its addresses.</param>
/// <param name="Identity">The identity that it runs.</param>
/// <param name="Since">When it took the identity, by its host's wall clock. Of two contacts with one identity the later one stays.</param>
/// <param name="RpcPort">Its JSON-RPC port.</param>
internal sealed record GossipContact(string Node, Pubkey Identity, DateTimeOffset Since, int RpcPort);
