namespace Tachyon.Failover;

/// <summary>How long calls to a validator may take before their outcome counts as unknown.</summary>
/// <remarks>Each limit runs from the moment when the node begins with the call. What takes them copies them: a later change has no effect. Not thread safe while they are changed.</remarks>
public sealed class ValidatorTimeLimits
{
    private static readonly TimeSpan LeastCommand = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(2);

    /// <summary>For <c>set-identity</c>, which waits up to a second for a lock inside the validator.</summary>
    /// <value>10 s; 2 s to 2 min.</value>
    public TimeSpan SetIdentity { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For every other command, for file operations, and for a call to the node's own RPC. The inspection of a node, which starts dozens of programs, gets three times this.</summary>
    /// <value>5 s; 200 ms to 2 min.</value>
    public TimeSpan Command { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For the stop of the process: once for the configured command, and once for the wait until the process has ended. A signal takes some milliseconds.</summary>
    /// <value>10 s; 1 s to 2 min.</value>
    public TimeSpan Stop { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A copy.</summary>
    internal ValidatorTimeLimits Copy() => Copies.Of(this);

    /// <summary>All errors in these limits, a sentence each; empty if there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new SettingErrors();
        errors.CheckRange(nameof(SetIdentity), SetIdentity, TimeSpan.FromSeconds(2), Most);
        errors.CheckRange(nameof(Command), Command, LeastCommand, Most);
        errors.CheckRange(nameof(Stop), Stop, TimeSpan.FromSeconds(1), Most);
        return errors.All;
    }
}
