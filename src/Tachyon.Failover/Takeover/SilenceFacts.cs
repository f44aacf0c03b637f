namespace Tachyon.Failover.Takeover;

/// <summary>What the cluster shows of the lost node. Immutable.</summary>
internal sealed record SilenceFacts
{
    /// <summary>How many independent witnesses, with slots of their own that go on, have seen no vote land for as many slots as the rules ask.</summary>
    public int SilentWitnesses { get; init; }

    /// <summary>How many were asked.</summary>
    public int Witnesses { get; init; }

    /// <summary>How long no new vote has been seen to land.</summary>
    public TimeSpan Silence { get; init; }

    /// <summary>The newest slot that a landed vote is for, as any witness sees it; null if none said.</summary>
    public ulong? LastVote { get; init; }

    /// <summary>Which of its ports answer: gossip, RPC, votes; empty if none does. Null if they were not tried.</summary>
    public IReadOnlyList<string>? OpenPorts { get; init; }

    /// <summary>Why it cannot be told, such as a cluster that stands still; null if it can.</summary>
    public string? CannotTell { get; init; }
}
