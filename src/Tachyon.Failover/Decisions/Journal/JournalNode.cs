namespace Tachyon.Failover.Decisions;

/// <summary>A node as the journal knows it: by its unstaked identity, or by its name if that could not be read. An operator may change names or swap them.</summary>
/// <param name="Name">Its name in the settings.</param>
/// <param name="Unstaked">The base58 pubkey of its unstaked identity; null if it could not be read.</param>
internal sealed record JournalNode(string Name, string? Unstaked)
{
    /// <summary>A node that was probed: by the key in its unstaked keypair file, or by the identity that it runs. Swapped keypairs in the settings do not change that.</summary>
    public static JournalNode Of(NodeReading node, Pubkey stakedIdentity) => Of(node.Name, stakedIdentity, node.UnstakedKey, node.Runs);

    /// <inheritdoc cref="Of(NodeReading, Pubkey)"/>
    public static JournalNode Of(string name, Pubkey stakedIdentity, params Pubkey?[] keys) => new(name, Array.Find(keys, key => key is not null && !key.Equals(stakedIdentity))?.ToString());

    /// <summary>Whether it certainly is the same node: both identities are known and equal.</summary>
    public bool IsSurely(JournalNode other) => Unstaked is not null && Unstaked == other.Unstaked;

    /// <summary>Whether it is the same node as far as is known: by the identities, or by the names if an identity is unknown.</summary>
    public bool Is(JournalNode other) => Unstaked is not null && other.Unstaked is not null ? Unstaked == other.Unstaked : Name == other.Name;
}
