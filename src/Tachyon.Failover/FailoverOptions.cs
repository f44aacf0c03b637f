using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Protocol;

namespace Tachyon.Failover;

/// <summary>How a coordinator works. Immutable; the coordinator checks it when it is made.</summary>
public sealed record FailoverOptions
{
    /// <summary>
    /// How long the source must have no leader slot when its restart window is found. Null not to wait for a window at all.
    /// </summary>
    /// <value>2 min, as in the guide; 0 to 1 h. The validator's own command takes whole minutes, so parts of one count as one.</value>
    public TimeSpan? MinimumIdle { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How much of the window must be left when everything is ready for the fence: locks, preflight and the like take their time.</summary>
    /// <value>Null for half of <see cref="MinimumIdle"/>; 0 to <see cref="MinimumIdle"/>. A switchover takes some seconds from there on.</value>
    public TimeSpan? MinimumIdleAtFence { get; init; }

    /// <summary>What to do if less of it is left then.</summary>
    /// <value><see cref="LostRestartWindow.WaitAgain"/>.</value>
    public LostRestartWindow OnLostWindow { get; init; } = LostRestartWindow.WaitAgain;

    /// <summary>How long a restart window is waited for, all waits of a switchover taken together.</summary>
    /// <value>1 h; 1 s to 24 h.</value>
    public TimeSpan RestartWindowTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How much of the cluster's stake may be delinquent when a window opens, as a fraction of the whole. The validator's own command is run in a way that does not look.</summary>
    /// <value>0.05, as the validator's command has it; 0 to 1. With 1 nobody looks.</value>
    public double MaximumDelinquentStake { get; init; } = 0.05;

    /// <summary>The length of a slot. Only speed depends on it: looks that wait for votes or for replay count at least 400 ms a slot.</summary>
    /// <value>400 ms; 50 ms to 5 s.</value>
    public TimeSpan Slot { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// How long after the seal the source's tower is read: time for a vote that was generated just before to reach the file.
    /// </summary>
    /// <value>30 ms, where some 20 ms were measured; 30 ms to 1 s. A tower that is just being written is waited for besides.</value>
    public TimeSpan Drain { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>How long the preflight may take; a check that has not ended by then could not look.</summary>
    /// <value>30 s; 1 s to 5 min.</value>
    public TimeSpan PreflightTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long, after something went wrong, the way back is tried before a person is told that it could not be finished.</summary>
    /// <value>2 min; 10 s to 1 h. Longer than a connection takes to be called lost and made again.</value>
    public TimeSpan ResolveTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The pause before a step of the way back is tried again.</summary>
    /// <value>500 ms; 10 ms to 1 min.</value>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long votes of the target are waited for after the promotion.</summary>
    /// <value>30 s; 1 s to 5 min.</value>
    public TimeSpan VerifyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a write to the journal may take before it counts as failed.</summary>
    /// <value>5 s; 100 ms to 1 min.</value>
    public TimeSpan JournalTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Who the coordinator is, for another one that finds the locks held.</summary>
    /// <value>The machine's name and the number of the process.</value>
    public string Holder { get; init; } = $"{Environment.MachineName}, process {Environment.ProcessId}";

    /// <summary>Where intentions and results are kept.</summary>
    /// <value>In memory, which a crash does not survive; give a <see cref="FileFailoverJournal"/> for a switchover that matters.</value>
    public IFailoverJournal Journal { get; init; } = new InMemoryFailoverJournal();

    /// <summary>What is looked at before anything is touched.</summary>
    /// <value><see cref="PreflightChecks.Default"/>.</value>
    public IReadOnlyList<IPreflightCheck> Preflight { get; init; } = PreflightChecks.Default;

    /// <summary>
    /// What a finding of the preflight is to count as, for embedders who know better:
    /// <c>finding => finding is { Code: "TF111", CouldNotLook: true } ? PreflightSeverity.Warning : finding.Severity</c>. Any thread; if it throws, the finding stays as it is.
    /// </summary>
    /// <value>Null: as the checks say.</value>
    public Func<PreflightFinding, PreflightSeverity>? Reclassify { get; init; }

    /// <summary>
    /// Begins a check of your own somewhere else than on the coordinator's thread: one that blocks would keep the others, and the deadline, waiting there. The library's own
    /// never block and do without.
    /// </summary>
    /// <value>On the thread pool. Virtual time has one thread; in a simulated pair of <c>Tachyon.Failover.Testing</c> it is <c>look => pair.After(TimeSpan.Zero, look)</c>.</value>
    public Action<Action> PreflightDispatcher { get; init; } = static look => ThreadPool.QueueUserWorkItem(static look => look(), look, preferLocal: false);

    /// <summary>How much of the window must be left at the fence.</summary>
    internal TimeSpan IdleAtFence => MinimumIdleAtFence ?? (MinimumIdle ?? TimeSpan.Zero) / 2;

    /// <summary>
    /// The same with little patience, for a settlement: somebody calls it again. What a look has decided is tried once in any case, however long the look took. Held to the relations that
    /// <see cref="Validate"/> checks.
    /// </summary>
    internal FailoverOptions ForSettling =>
        this with { ResolveTimeout = new[] { ResolveTimeout, new[] { TimeSpan.FromSeconds(15), 2 * JournalTimeout, 4 * RetryPause }.Max() }.Min() };

    /// <summary>What is held to; for tests of the tests.</summary>
    internal SwitchoverRules Rules { get; init; } = SwitchoverRules.All;

    /// <summary>All that is wrong with these options, their relations included, a sentence each; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new SettingErrors();
        if (MinimumIdle is { } idle)
        {
            errors.CheckRange(nameof(MinimumIdle), idle, TimeSpan.Zero, TimeSpan.FromHours(1));
        }

        if (MinimumIdleAtFence is { } left)
        {
            errors.CheckRange(nameof(MinimumIdleAtFence), left, TimeSpan.Zero, TimeSpan.FromHours(1));
            if (left > MinimumIdle)
            {
                errors.Add(FormattableString.Invariant($"{nameof(MinimumIdleAtFence)} is {left.TotalSeconds} s, more than {nameof(MinimumIdle)} ({MinimumIdle.Value.TotalSeconds} s), so that every window would be lost; make it shorter, or leave it out."));
            }
        }

        if (!Enum.IsDefined(OnLostWindow))
        {
            errors.Add($"{nameof(OnLostWindow)} is {OnLostWindow}, which is no {nameof(LostRestartWindow)}; give {nameof(LostRestartWindow.WaitAgain)} or {nameof(LostRestartWindow.GiveUp)}.");
        }

        errors.CheckFraction(nameof(MaximumDelinquentStake), MaximumDelinquentStake);
        errors.CheckRange(nameof(RestartWindowTimeout), RestartWindowTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
        errors.CheckRange(nameof(Slot), Slot, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5));
        errors.CheckRange(nameof(Drain), Drain, TimeSpan.FromMilliseconds(30), TimeSpan.FromSeconds(1));
        errors.CheckRange(nameof(PreflightTimeout), PreflightTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        errors.CheckRange(nameof(ResolveTimeout), ResolveTimeout, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));
        errors.CheckRange(nameof(RetryPause), RetryPause, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        errors.CheckRange(nameof(VerifyTimeout), VerifyTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        errors.CheckRange(nameof(JournalTimeout), JournalTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        if (RetryPause > ResolveTimeout / 4)
        {
            errors.Add(FormattableString.Invariant($"{nameof(RetryPause)} is {RetryPause.TotalSeconds} s, more than a quarter of {nameof(ResolveTimeout)} ({ResolveTimeout.TotalSeconds} s), which leaves too few tries; make the pause shorter."));
        }

        if (JournalTimeout > ResolveTimeout / 2)
        {
            errors.Add(FormattableString.Invariant($"{nameof(JournalTimeout)} is {JournalTimeout.TotalSeconds} s, more than half of {nameof(ResolveTimeout)} ({ResolveTimeout.TotalSeconds} s), so that a journal that hangs would leave no time for the way back; make it shorter."));
        }

        errors.CheckName(nameof(Holder), Holder);
        if (Journal is null)
        {
            errors.Add($"{nameof(Journal)} is null; give a {nameof(FileFailoverJournal)}, or leave it out.");
        }

        if (Preflight is not { Count: > 0 })
        {
            errors.Add($"{nameof(Preflight)} is empty; a switchover begins with a look. Give at least {nameof(PreflightChecks)}.{nameof(PreflightChecks.Default)}.");
        }

        if (PreflightDispatcher is null)
        {
            errors.Add($"{nameof(PreflightDispatcher)} is null; leave it out for the thread pool.");
        }

        return errors.All;
    }
}
