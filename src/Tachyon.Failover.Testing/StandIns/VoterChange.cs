namespace Tachyon.Failover.Testing.StandIns;

/// <summary>The voting went from one node to the other.</summary>
public sealed record VoterChange
{
    /// <summary>The node that voted before.</summary>
    public required string From { get; init; }

    /// <summary>The node that votes since.</summary>
    public required string To { get; init; }

    /// <summary>The newest slot for which a vote of the one before was taken.</summary>
    public required ulong LastSlot { get; init; }

    /// <summary>The first slot for which a vote of the other was taken.</summary>
    public required ulong FirstSlot { get; init; }

    /// <summary>The time between the arrival of the two votes.</summary>
    public required TimeSpan Gap { get; init; }
}
