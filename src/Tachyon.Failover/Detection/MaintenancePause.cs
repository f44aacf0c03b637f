namespace Tachyon.Failover;

/// <summary>An announced silence.</summary>
public sealed class MaintenancePause
{
    /// <summary>The end of the pause, in UTC, by the wall clock.</summary>
    public required DateTimeOffset Until { get; set; }

    /// <summary>The reason, for the operator.</summary>
    public required string Reason { get; set; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"paused until {Until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: {Reason}");
}
