namespace Tachyon.Failover.Testing.StandIns.Wire;

/// <summary>A vote for gossip, or from it.</summary>
internal sealed record WireGossipVote(string Identity, ulong Slot);
