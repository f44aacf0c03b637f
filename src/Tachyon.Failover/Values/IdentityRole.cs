namespace Tachyon.Failover;

/// <summary>The two identities that a node can run.</summary>
public enum IdentityRole
{
    /// <summary>The node's own identity, without stake. Both nodes have one, and they differ.</summary>
    Unstaked,

    /// <summary>The identity of the vote account, the same on both nodes. The node that runs it votes.</summary>
    Staked,
}
