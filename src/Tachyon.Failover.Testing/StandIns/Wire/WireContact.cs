namespace Tachyon.Failover.Testing.StandIns.Wire;

/// <summary>A contact info for gossip, or from it.</summary>
internal sealed record WireContact(string Node, string Identity, long SinceTicks, int RpcPort);
