using Tachyon.Failover.Identities;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Protocol;

namespace Tachyon.Failover.Execution;

/// <summary>A node as the journal knows it: by its own unstaked identity and, only where that could not be read, by its name, which an operator may change or give to another node.</summary>
/// <param name="Name">What the settings call it.</param>
/// <param name="Unstaked">The base58 pubkey of its unstaked identity; null if it could not be read.</param>
internal sealed record JournalNode(string Name, string? Unstaked)
{
    /// <summary>A node that was looked at: by the key in its unstaked keypair file, or by the identity that it runs. What the settings have the wrong way round says nothing of it.</summary>
    public static JournalNode Of(NodeSurvey node, Pubkey stakedIdentity) => Of(node.Name, stakedIdentity, node.Link.Value?.UnstakedKey, node.Inspection.Value?.UnstakedIdentity, node.ContactInfo.Value?.Identity);

    /// <inheritdoc cref="Of(NodeSurvey, Pubkey)"/>
    public static JournalNode Of(NodeReading node, Pubkey stakedIdentity) => Of(node.Name, stakedIdentity, node.UnstakedKey, node.Runs);

    /// <summary>Whether it certainly is a node: both identities are known and the same.</summary>
    public bool IsSurely(JournalNode other) => Unstaked is not null && Unstaked == other.Unstaked;

    /// <summary>Whether it is a node as far as is known: by the identities, or by the names if one of those is not known.</summary>
    public bool Is(JournalNode other) => Unstaked is not null && other.Unstaked is not null ? Unstaked == other.Unstaked : Name == other.Name;

    private static JournalNode Of(string name, Pubkey stakedIdentity, params Pubkey?[] keys) => new(name, Array.Find(keys, key => key is not null && !key.Equals(stakedIdentity))?.ToString());
}
