using Tachyon.Failover.Journal;

namespace Tachyon.Failover;

/// <summary>The options of a <see cref="ValidatorMonitor"/>, which copies and checks them in its constructor: a later change has no effect.</summary>
/// <remarks>Not thread safe while it is changed.</remarks>
public sealed class MonitorOptions
{
    /// <summary>When the validator counts as lost.</summary>
    public DetectionRules Rules { get; set; } = new();

    /// <summary>The interval of its readings.</summary>
    /// <value>1 s; 100 ms to 1 min, at most a fifth of <see cref="DetectionRules.LostAfter"/>, and two thirds of <see cref="DetectionRules.HaltedAfter"/>.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a reading waits for witnesses. Those that have not answered count as silent.</summary>
    /// <value>2 s; 100 ms to 1 min.</value>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether every tower of the active node is kept, and copied to the inactive one.</summary>
    /// <value>True.</value>
    public bool KeepsTowerCopy { get; set; } = true;

    /// <summary>Where an operator announces that the validator will be silent; null if there is no such place.</summary>
    public IMaintenancePause? Pause { get; set; }

    /// <summary>How long after a takeover no other one is considered.</summary>
    /// <value>10 min; 0 to 24 h. Requires a <see cref="Journal"/>.</value>
    public TimeSpan CoolDown { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The journal of the coordinator that takes over, with the time of its last takeover; null if there is none.</summary>
    public IFailoverJournal? Journal { get; set; }

    /// <summary>A copy, with the rules in it.</summary>
    internal MonitorOptions Copy() => this.With(static it => it.Rules = it.Rules?.Copy()!);

    /// <summary>All errors in these options and their relations, a sentence each; empty if there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new SettingErrors();
        errors.CheckRange(nameof(Interval), Interval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        errors.CheckRange(nameof(ReadTimeout), ReadTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        errors.CheckRange(nameof(CoolDown), CoolDown, TimeSpan.Zero, TimeSpan.FromHours(24));
        errors.AddRange(nameof(Rules), Rules?.Validate());
        if (Rules is null)
        {
            return errors.All;
        }

        if (Interval > Rules.LostAfter / 5)
        {
            errors.Add(FormattableString.Invariant($"{nameof(Interval)} is {Interval.TotalSeconds} s, more than a fifth of {nameof(DetectionRules.LostAfter)} ({Rules.LostAfter.TotalSeconds} s), which leaves too few readings; make it less."));
        }
        else if (Interval > Rules.HaltedAfter * 2 / 3)
        {
            errors.Add(FormattableString.Invariant($"{nameof(Interval)} is {Interval.TotalSeconds} s, more than two thirds of {nameof(DetectionRules.HaltedAfter)} ({Rules.HaltedAfter.TotalSeconds} s): every cluster would seem halted; make it less."));
        }

        return errors.All;
    }
}
