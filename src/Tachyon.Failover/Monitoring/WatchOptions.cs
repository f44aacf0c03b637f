using Tachyon.Failover.Journal;
using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Monitoring;

/// <summary>The options of a <see cref="ValidatorWatch"/>. Immutable; the watch checks them in its constructor.</summary>
public sealed record WatchOptions
{
    /// <summary>When the validator counts as lost.</summary>
    public WatchRules Rules { get; init; } = new();

    /// <summary>The interval of its looks.</summary>
    /// <value>1 s; 100 ms to 1 min, at most a fifth of <see cref="WatchRules.LostAfter"/>, and two thirds of <see cref="WatchRules.StandsStillAfter"/>.</value>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a look waits for witnesses. Those that have not answered count as silent.</summary>
    /// <value>2 s; 100 ms to 1 min.</value>
    public TimeSpan LookLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether every tower of the active node is kept, and copied to the inactive one.</summary>
    /// <value>True.</value>
    public bool KeepsShadow { get; init; } = true;

    /// <summary>Where an operator announces that the validator will be silent; null if there is no such place.</summary>
    public IWatchPause? Pause { get; init; }

    /// <summary>How long after a takeover no other one is considered.</summary>
    /// <value>10 min; 0 to 24 h. Requires a <see cref="Journal"/>.</value>
    public TimeSpan Lockout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The journal of the coordinator that takes over, with the time of its last takeover; null if there is none.</summary>
    public IFailoverJournal? Journal { get; init; }

    /// <summary>All errors in these options and their relations, a sentence each; empty if there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new SettingErrors();
        errors.CheckRange(nameof(LookEvery), LookEvery, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        errors.CheckRange(nameof(LookLimit), LookLimit, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        errors.CheckRange(nameof(Lockout), Lockout, TimeSpan.Zero, TimeSpan.FromHours(24));
        errors.AddRange(nameof(Rules), Rules?.Validate());
        if (Rules is null)
        {
            return errors.All;
        }

        if (LookEvery > Rules.LostAfter / 5)
        {
            errors.Add(FormattableString.Invariant($"{nameof(LookEvery)} is {LookEvery.TotalSeconds} s, more than a fifth of {nameof(WatchRules.LostAfter)} ({Rules.LostAfter.TotalSeconds} s), which leaves too few looks; make it less."));
        }
        else if (LookEvery > Rules.StandsStillAfter * 2 / 3)
        {
            errors.Add(FormattableString.Invariant($"{nameof(LookEvery)} is {LookEvery.TotalSeconds} s, more than two thirds of {nameof(WatchRules.StandsStillAfter)} ({Rules.StandsStillAfter.TotalSeconds} s): every cluster would seem halted; make it less."));
        }

        return errors.All;
    }
}
