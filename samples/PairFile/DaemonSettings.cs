namespace Tachyon.Failover.Pairs;

/// <summary>The daemon's part of a pair file.</summary>
internal sealed record DaemonSettings
{
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan LookAround { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether log lines are JSON objects.</summary>
    public bool LogsJson { get; init; }

    public TakeoverPolicy Policy { get; init; } = new();

    /// <summary>All options but the journal and the pause.</summary>
    public MonitorOptions Monitor { get; init; } = new();

    /// <summary>The guard's own times. The times that the daemon counts on are in the policy.</summary>
    public GuardTimings Guard { get; init; } = new();

    public IReadOnlyList<HookSettings> Hooks { get; init; } = [];

    /// <summary>Null for none.</summary>
    public WebhookSettings? Webhook { get; init; }

    /// <summary>Why there is no webhook although the pair file asks for one; null otherwise. A guard runs without it.</summary>
    public string? WhyNoWebhook { get; init; }

    /// <summary>Null for nowhere.</summary>
    public Uri? Health { get; init; } = new("http://127.0.0.1:9464");

    /// <summary>The defaults. A guard has another address, so that both can run on one machine.</summary>
    public static DaemonSettings UsualOf(PairFileUse use) => use == PairFileUse.Guard ? new DaemonSettings { Health = new Uri("http://127.0.0.1:9465") } : new DaemonSettings();
}
