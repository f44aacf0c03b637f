using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.Pairs;

/// <summary>The daemon's part of a pair file.</summary>
internal sealed record DaemonSettings
{
    /// <summary>The preflight's code for a version whose ways are not known (docs/preflight.md).</summary>
    private const string UnknownVersion = "TF130";

    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan LookAround { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether log lines are JSON objects.</summary>
    public bool LogsJson { get; init; }

    /// <summary>Whether the identity may go to a validator of a version whose ways are not known. By hand that is a warning.</summary>
    public bool AllowUnknownVersion { get; init; }

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

    /// <summary>The severity of a preflight's finding for a daemon: no operator reads its warnings.</summary>
    public PreflightSeverity Severity(PreflightFinding finding) =>
        finding is { Code: UnknownVersion, Severity: PreflightSeverity.Warning } && !AllowUnknownVersion ? PreflightSeverity.Blocker : finding.Severity;

    /// <summary>The defaults. A guard has another address, so that both can run on one machine.</summary>
    public static DaemonSettings UsualOf(PairFileUse use) => use == PairFileUse.Guard ? new DaemonSettings { Health = new Uri("http://127.0.0.1:9465") } : new DaemonSettings();
}
