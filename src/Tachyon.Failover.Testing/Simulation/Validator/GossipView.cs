namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>What a validator has heard of the others.</summary>
internal sealed class GossipView
{
    private readonly Dictionary<Pubkey, ulong> _votes = [];

    /// <summary>Another process voted with an identity.</summary>
    public void Hear(Pubkey identity, ulong slot) => _votes[identity] = Math.Max(slot, _votes.GetValueOrDefault(identity));

    /// <summary>
    /// Whether another process has voted with this identity for that slot or a newer one. A validator that notices it while
    /// it tells gossip of its own vote panics: "Submitting old vote".
    /// </summary>
    public bool HasAsNew(Pubkey identity, ulong slot) => _votes.TryGetValue(identity, out var newest) && newest >= slot;
}
