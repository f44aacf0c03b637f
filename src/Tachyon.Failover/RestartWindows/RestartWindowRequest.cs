namespace Tachyon.Failover.RestartWindows;

/// <summary>The required properties of a restart window.</summary>
/// <remarks>A coordinator makes one for each call: an <see cref="IRestartWindow"/> may change it. Not thread safe while it is changed. <see cref="FailoverOptions"/> documents the bounds.</remarks>
public sealed class RestartWindowRequest
{
    /// <summary>The least time without leader slots of the validator, from the end of the wait. Zero for no window.</summary>
    public required TimeSpan MinimumIdle { get; set; }

    /// <summary>How much of the cluster's stake may be delinquent, as a fraction of the whole.</summary>
    /// <value>0.05; 0 to 1. 1 disables the check.</value>
    public double MaximumDelinquentStake { get; set; } = 0.05;

    /// <summary>How long the caller waits before it cancels. A wait that cannot succeed within this time ends at once.</summary>
    /// <value>Null for no limit.</value>
    public TimeSpan? Limit { get; set; }

    /// <summary>The usual length of a slot.</summary>
    internal TimeSpan Slot { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>A copy.</summary>
    internal RestartWindowRequest Copy() => Copies.Of(this);
}
