using Tachyon.Failover.Journal;
using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Monitoring;

/// <summary>How a <see cref="ValidatorWatch"/> works. Immutable; the watch checks it when it is made.</summary>
public sealed record WatchOptions
{
    /// <summary>When the validator counts as lost.</summary>
    public WatchRules Rules { get; init; } = new();

    /// <summary>How often it looks.</summary>
    /// <value>1 s; 100 ms to 1 min, at most a fifth of <see cref="WatchRules.LostAfter"/>, and two thirds of <see cref="WatchRules.StandsStillAfter"/>.</value>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a look waits for witnesses; who has not answered by then has not.</summary>
    /// <value>2 s; 100 ms to 1 min.</value>
    public TimeSpan LookLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether every tower of the active node is kept, and staged on the inactive one.</summary>
    /// <value>True.</value>
    public bool KeepsShadow { get; init; } = true;

    /// <summary>Where an operator announces that the validator will be silent; null if nobody does.</summary>
    public IWatchPause? Pause { get; init; }

    /// <summary>How long after a takeover nobody is to think of the next.</summary>
    /// <value>10 min; 0 to 24 h. Of use with a <see cref="Journal"/>.</value>
    public TimeSpan Lockout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The journal of the coordinator that takes over, which says when it did; null if there is none.</summary>
    public IFailoverJournal? Journal { get; init; }

    /// <summary>All that is wrong with these options, their relations included, a sentence each; empty if nothing is.</summary>
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
            errors.Add($"{nameof(LookEvery)} is {LookEvery.TotalSeconds} s, more than a fifth of {nameof(WatchRules.LostAfter)} ({Rules.LostAfter.TotalSeconds} s), which leaves too few looks; make it less.");
        }
        else if (LookEvery > Rules.StandsStillAfter * 2 / 3)
        {
            errors.Add($"{nameof(LookEvery)} is {LookEvery.TotalSeconds} s, more than two thirds of {nameof(WatchRules.StandsStillAfter)} ({Rules.StandsStillAfter.TotalSeconds} s): every cluster would seem to stand still; make it less.");
        }

        return errors.All;
    }
}
