using Tachyon.Failover.Identities;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.Execution;

/// <summary>A node as the journal knows it: by its own unstaked identity and, only where that could not be read, by its name, which an operator may change or give to another node.</summary>
/// <param name="Name">What the settings call it.</param>
/// <param name="Unstaked">The base58 pubkey of its unstaked identity; null if it could not be read.</param>
internal sealed record JournalNode(string Name, string? Unstaked)
{
    /// <summary>A node that was looked at. A keypair file that is named the wrong way round says nothing of it.</summary>
    public static JournalNode Of(NodeSurvey node, Pubkey stakedIdentity) =>
        new(node.Name, ((Pubkey?[])[node.Inspection.Value?.UnstakedIdentity, node.ContactInfo.Value?.Identity]).FirstOrDefault(key => key is not null && !key.Equals(stakedIdentity))?.ToString());

    /// <summary>Whether it certainly is a node: both identities are known and the same.</summary>
    public bool IsSurely(JournalNode other) => Unstaked is not null && Unstaked == other.Unstaked;

    /// <summary>Whether it is a node as far as is known: by the identities, or by the names if one of those is not known.</summary>
    public bool Is(JournalNode other) => Unstaked is not null && other.Unstaked is not null ? Unstaked == other.Unstaked : Name == other.Name;
}
