namespace Tachyon.Failover.Schedule;

/// <summary>What a restart window must be like.</summary>
/// <remarks>Immutable. <see cref="FailoverOptions"/> holds the bounds.</remarks>
public sealed record RestartWindowRequest
{
    /// <summary>How long the validator must have no leader slot, counted from the end of the wait. Zero asks for no window at all.</summary>
    public required TimeSpan MinimumIdle { get; init; }

    /// <summary>How much of the cluster's stake may be delinquent, as a fraction of the whole.</summary>
    /// <value>0.05; 0 to 1. With 1 nobody looks.</value>
    public double MaximumDelinquentStake { get; init; } = 0.05;

    /// <summary>How long the caller is going to wait before it cancels: one that sees that no window opens by then says so at once.</summary>
    /// <value>Null if it has no limit.</value>
    public TimeSpan? Limit { get; init; }
}
