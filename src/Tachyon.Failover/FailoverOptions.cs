using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover;

/// <summary>The options of a coordinator, which copies and checks them in its constructor: a later change has no effect.</summary>
/// <remarks>Not thread safe while it is changed.</remarks>
public sealed class FailoverOptions
{
    /// <summary>
    /// The least time without leader slots of the source when a restart window is chosen. Null for no wait.
    /// </summary>
    /// <value>2 min, as in the guide; 0 to 1 h. The validator's own command takes whole minutes, so the time is rounded up.</value>
    public TimeSpan? MinimumIdle { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How much of the window must be left when all is ready for the demotion: locks and preflight take time.</summary>
    /// <value>Null for half of <see cref="MinimumIdle"/>; 0 to <see cref="MinimumIdle"/>. A switchover takes some seconds from there on.</value>
    public TimeSpan? MinimumIdleAtDemotion { get; set; }

    /// <summary>What to do if less is left.</summary>
    /// <value><see cref="ClosedRestartWindow.WaitAgain"/>.</value>
    public ClosedRestartWindow OnClosedWindow { get; set; } = ClosedRestartWindow.WaitAgain;

    /// <summary>How long to wait for a restart window, all waits of a switchover together.</summary>
    /// <value>1 h; 1 s to 24 h.</value>
    public TimeSpan RestartWindowTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How much of the cluster's stake may be delinquent when a window opens, as a fraction of the whole. The validator's own command is run without this check.</summary>
    /// <value>0.05, as in the validator's command; 0 to 1. 1 disables the check.</value>
    public double MaximumDelinquentStake { get; set; } = 0.05;

    /// <summary>The length of a slot. Only speed depends on it: looks that wait for votes or for replay count at least 400 ms a slot.</summary>
    /// <value>400 ms; 50 ms to 5 s.</value>
    public TimeSpan Slot { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// How long after the seal the source's tower is read, so that a vote generated just before reaches the file.
    /// </summary>
    /// <value>30 ms, where some 20 ms were measured; 30 ms to 1 s. A write in progress is waited for in addition.</value>
    public TimeSpan Drain { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <summary>The time limit of the preflight. A check that has not ended counts as inconclusive.</summary>
    /// <value>30 s; 1 s to 5 min.</value>
    public TimeSpan PreflightTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a rollback is tried after a failure before the run ends as indeterminate.</summary>
    /// <value>2 min; 10 s to 1 h. Longer than the time to notice a lost connection and to open a new one.</value>
    public TimeSpan RollbackTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The pause before a step of the rollback is tried again.</summary>
    /// <value>500 ms; 10 ms to 1 min.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long to wait for votes of the target after the promotion.</summary>
    /// <value>30 s; 1 s to 5 min.</value>
    public TimeSpan VerifyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a write to the journal may take before it counts as failed.</summary>
    /// <value>5 s; 100 ms to 1 min.</value>
    public TimeSpan JournalTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The coordinator's name, shown to another coordinator when it finds the locks held.</summary>
    /// <value>The machine's name and the process id.</value>
    public string Holder { get; set; } = $"{Environment.MachineName}, process {Environment.ProcessId}";

    /// <summary>Where intents and results are kept.</summary>
    /// <value>In memory, which does not survive a crash; use a <see cref="FileFailoverJournal"/> for a switchover that matters.</value>
    public IFailoverJournal Journal { get; set; } = new InMemoryFailoverJournal();

    /// <summary>The checks before any change.</summary>
    /// <value>
    /// All checks of this library. Add to them with a collection expression, <c>options.Preflight = [.. options.Preflight, mine]</c>, and leave one out by its code:
    /// <c>[.. options.Preflight.Where(check => check.Code != "TF116")]</c>.
    /// </value>
    public IReadOnlyList<IPreflightCheck> Preflight { get; set; } = PreflightChecks.Default;

    /// <summary>
    /// Changes the severity of a preflight finding, for embedders who know better:
    /// <c>finding => finding is { Code: "TF111", IsInconclusive: true } ? PreflightSeverity.Warning : finding.Severity</c>. Called on any thread; if it throws, the finding is unchanged.
    /// </summary>
    /// <value>Null: the severity of the checks.</value>
    public Func<PreflightFinding, PreflightSeverity>? Reclassify { get; set; }

    /// <summary>How much of the window must be left at the demotion.</summary>
    internal TimeSpan IdleAtFence => MinimumIdleAtDemotion ?? (MinimumIdle ?? TimeSpan.Zero) / 2;

    /// <summary>
    /// The same with short time limits, for <see cref="FailoverCoordinator.CompleteDemotionAsync"/>, which the caller repeats. A decided step is still tried once. Satisfies the relations that
    /// <see cref="Validate"/> checks.
    /// </summary>
    internal FailoverOptions ForCompletion =>
        this.With(it => it.RollbackTimeout = new[] { RollbackTimeout, new[] { TimeSpan.FromSeconds(15), 2 * JournalTimeout, 4 * RetryDelay }.Max() }.Min());

    /// <summary>A copy, with its lists.</summary>
    internal FailoverOptions Copy() => this.With(static it => it.Preflight = [.. it.Preflight ?? []]);

    /// <summary>All errors in these options and their relations, a sentence each; empty if there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new SettingErrors();
        if (MinimumIdle is { } idle)
        {
            errors.CheckRange(nameof(MinimumIdle), idle, TimeSpan.Zero, TimeSpan.FromHours(1));
        }

        if (MinimumIdleAtDemotion is { } left)
        {
            errors.CheckRange(nameof(MinimumIdleAtDemotion), left, TimeSpan.Zero, TimeSpan.FromHours(1));
            if (left > MinimumIdle)
            {
                errors.Add(FormattableString.Invariant($"{nameof(MinimumIdleAtDemotion)} is {left.TotalSeconds} s, more than {nameof(MinimumIdle)} ({MinimumIdle.Value.TotalSeconds} s), so every window would be lost; make it shorter, or leave it out."));
            }
        }

        if (!Enum.IsDefined(OnClosedWindow))
        {
            errors.Add($"{nameof(OnClosedWindow)} is {OnClosedWindow}, which is no {nameof(ClosedRestartWindow)}; give {nameof(ClosedRestartWindow.WaitAgain)} or {nameof(ClosedRestartWindow.Refuse)}.");
        }

        errors.CheckFraction(nameof(MaximumDelinquentStake), MaximumDelinquentStake);
        errors.CheckRange(nameof(RestartWindowTimeout), RestartWindowTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
        errors.CheckRange(nameof(Slot), Slot, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5));
        errors.CheckRange(nameof(Drain), Drain, TimeSpan.FromMilliseconds(30), TimeSpan.FromSeconds(1));
        errors.CheckRange(nameof(PreflightTimeout), PreflightTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        errors.CheckRange(nameof(RollbackTimeout), RollbackTimeout, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));
        errors.CheckRange(nameof(RetryDelay), RetryDelay, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        errors.CheckRange(nameof(VerifyTimeout), VerifyTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        errors.CheckRange(nameof(JournalTimeout), JournalTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        if (RetryDelay > RollbackTimeout / 4)
        {
            errors.Add(FormattableString.Invariant($"{nameof(RetryDelay)} is {RetryDelay.TotalSeconds} s, more than a quarter of {nameof(RollbackTimeout)} ({RollbackTimeout.TotalSeconds} s), which leaves too few tries; make the pause shorter."));
        }

        if (JournalTimeout > RollbackTimeout / 2)
        {
            errors.Add(FormattableString.Invariant($"{nameof(JournalTimeout)} is {JournalTimeout.TotalSeconds} s, more than half of {nameof(RollbackTimeout)} ({RollbackTimeout.TotalSeconds} s), so a journal that hangs would leave no time for a rollback; make it shorter."));
        }

        errors.CheckName(nameof(Holder), Holder);
        if (Journal is null)
        {
            errors.Add($"{nameof(Journal)} is null; give a {nameof(FileFailoverJournal)}, or leave it out.");
        }

        if (Preflight is not { Count: > 0 })
        {
            errors.Add($"{nameof(Preflight)} is empty; a switchover needs checks. Leave it out, or add to those that a new {nameof(FailoverOptions)} has.");
        }

        return errors.All;
    }
}
