using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Takeover;

/// <summary>What the cluster shows of the lost node. Immutable.</summary>
internal sealed record SilenceFacts
{
    /// <summary>How many independent witnesses, with advancing slots of their own, have seen no vote land for as many slots as the rules require.</summary>
    public int SilentWitnesses { get; init; }

    /// <summary>How many were asked.</summary>
    public int Witnesses { get; init; }

    /// <summary>How long this program has seen no new vote land. The chain may have had none for longer.</summary>
    public TimeSpan Silence { get; init; }

    /// <summary>The newest slot with a landed vote, according to any witness; null if unknown.</summary>
    public ulong? LastVote { get; init; }

    /// <summary>The newest slot of all witnesses; null if unknown.</summary>
    public ulong? Slot { get; init; }

    /// <summary>The result of trying its ports: gossip, RPC, votes. Null if there was none to try.</summary>
    public PortSights? Ports { get; init; }

    /// <summary>Whether a guard of the node was heard before the silence.</summary>
    public bool GuardWasHeard { get; init; }

    /// <summary>Why the silence is unknown, for example a halted cluster; null if it is known.</summary>
    public string? UnknownReason { get; init; }
}
