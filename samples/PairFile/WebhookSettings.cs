namespace Tachyon.Failover.Pairs;

/// <summary>Where the daemon posts its events.</summary>
internal sealed record WebhookSettings
{
    /// <summary>The address. All of it but the host may be secret.</summary>
    public required Uri Url { get; init; }

    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(5);

    public int Tries { get; init; } = 3;
}
