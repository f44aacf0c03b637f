namespace Tachyon.Failover.Testing.StandIns.Wire;

/// <summary>A contact info that gossip is told of, or tells of.</summary>
internal sealed record WireContact(string Node, string Identity, long SinceTicks, int RpcPort);
