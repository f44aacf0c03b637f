namespace Tachyon.Failover.Testing.StandIns.Wire;

/// <summary>A validator process presents itself.</summary>
internal sealed record WireJoin(string Node, int RpcPort);
