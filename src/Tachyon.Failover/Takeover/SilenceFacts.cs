using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Takeover;

/// <summary>What the cluster shows of the lost node. Immutable.</summary>
internal sealed record SilenceFacts
{
    /// <summary>How many independent witnesses, with slots of their own that go on, have seen no vote land for as many slots as the rules ask.</summary>
    public int SilentWitnesses { get; init; }

    /// <summary>How many were asked.</summary>
    public int Witnesses { get; init; }

    /// <summary>How long this program has watched no new vote land. The chain may have had none for longer.</summary>
    public TimeSpan Silence { get; init; }

    /// <summary>The newest slot that a landed vote is for, as any witness sees it; null if none said.</summary>
    public ulong? LastVote { get; init; }

    /// <summary>The newest slot of all witnesses; null if none said.</summary>
    public ulong? Slot { get; init; }

    /// <summary>What came of trying its ports: gossip, RPC, votes. Null if there was none to try.</summary>
    public PortSights? Ports { get; init; }

    /// <summary>Whether a guard of the node was heard before the silence.</summary>
    public bool GuardWasHeard { get; init; }

    /// <summary>Why it cannot be told, such as a cluster that stands still; null if it can.</summary>
    public string? CannotTell { get; init; }
}
