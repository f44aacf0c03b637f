namespace Tachyon.Failover.Testing.StandIns.Wire;

/// <summary>A vote that gossip is told of, or tells of.</summary>
internal sealed record WireGossipVote(string Identity, ulong Slot);
