namespace Tachyon.Failover.Watch;

/// <summary>What a watch thinks, and why. Immutable.</summary>
public sealed record WatchVerdict
{
    /// <summary>What it thinks.</summary>
    public required WatchState State { get; init; }

    /// <summary>Why, for a person.</summary>
    public required string Reason { get; init; }

    /// <summary>The slots for which no vote has landed, by the witness that has seen the newest; null if none said.</summary>
    public ulong? SilentSlots { get; init; }

    /// <summary>How long no new vote has been seen to land, while as many witnesses as it takes went on at all times.</summary>
    public TimeSpan Silence { get; init; }

    /// <summary>What else was seen; null before the first look.</summary>
    public WatchReport? Report { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{State}: {Reason}";
}
