namespace Tachyon.Failover.Testing.StandIns.Wire;

/// <summary>A vote to the leader.</summary>
internal sealed record WireVote(string Identity, ulong[] Slots, int[] Confirmations, ulong? Root, long SignedTicks);
