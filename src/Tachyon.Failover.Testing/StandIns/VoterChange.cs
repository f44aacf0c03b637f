namespace Tachyon.Failover.Testing.StandIns;

/// <summary>A change of the voting node.</summary>
public sealed record VoterChange
{
    /// <summary>The node that voted before.</summary>
    public required string From { get; init; }

    /// <summary>The node that has voted since.</summary>
    public required string To { get; init; }

    /// <summary>The newest slot for which a vote of the earlier node was taken.</summary>
    public required ulong LastSlot { get; init; }

    /// <summary>The first slot for which a vote of the later node was taken.</summary>
    public required ulong FirstSlot { get; init; }

    /// <summary>The time between the arrival of the two votes.</summary>
    public required TimeSpan Gap { get; init; }
}
