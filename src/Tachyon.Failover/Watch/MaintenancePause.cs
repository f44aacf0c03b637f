namespace Tachyon.Failover.Watch;

/// <summary>An announced silence. Immutable.</summary>
public sealed record MaintenancePause
{
    /// <summary>The end of the pause, in UTC, by the wall clock.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The reason, for the operator.</summary>
    public required string Reason { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"paused until {Until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: {Reason}");
}
