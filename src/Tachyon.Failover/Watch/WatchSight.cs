namespace Tachyon.Failover.Watch;

/// <summary>What the newest look of a watch came to, as far as a takeover weighs it.</summary>
internal sealed record WatchSight
{
    /// <summary>How many witnesses were asked.</summary>
    public int Witnesses { get; init; }

    /// <summary>How many of them, with slots of their own that go on, have seen no vote land for <see cref="WatchRules.LostSlots"/>.</summary>
    public int SilentWitnesses { get; init; }

    /// <summary>How long no new vote has been seen to land, while as many witnesses as it takes went on at all times.</summary>
    public TimeSpan Silence { get; init; }

    /// <summary>The newest slot of all witnesses; null if none said.</summary>
    public ulong? Slot { get; init; }

    /// <summary>The newest slot that a landed vote is for, as any witness that is believed has ever said it; null if none did.</summary>
    public ulong? LastVote { get; init; }

    /// <summary>Why it cannot be told, such as a cluster that stands still; null if it can.</summary>
    public string? CannotTell { get; init; } = "nothing was looked at yet";
}
