using System.Globalization;

namespace Tachyon.Failover.Takeover;

/// <summary>
/// The times of a guard, which demotes its own node when it sees neither the cluster nor its own votes landing, and of the watcher that counts on it. The guard must be through, at its
/// slowest, before the watcher acts. Immutable.
/// </summary>
public sealed record GuardTimings
{
    /// <summary>How long the guard sees nothing until it demotes its node: T1.</summary>
    /// <value>10 s; 2 s to 10 min.</value>
    public TimeSpan DemoteAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often it looks, and how long it waits for answers.</summary>
    /// <value>1 s; 100 ms to 1 min, and at most a quarter of <see cref="DemoteAfter"/>.</value>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long moving the link and taking the voters away may take, each; an answer takes 10 ms.</summary>
    /// <value>1 s; 100 ms to 1 min.</value>
    public TimeSpan CommandLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the validator may take to lay the identity down, and to say so, before it is stopped.</summary>
    /// <value>2 s, twice the longest measured; 1 s to 1 min.</value>
    public TimeSpan SetIdentityLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long stopping the process may take, until it is gone.</summary>
    /// <value>2 s; 100 ms to 1 min.</value>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>By how much two clocks may differ in their pace, as a fraction.</summary>
    /// <value>0.01; 0 to 0.1.</value>
    public double ClockDrift { get; init; } = 0.01;

    /// <summary>
    /// How long none of the witnesses may have shown a new slot until the cluster counts as standing still, which is no reason to demote. It must be told before <see cref="DemoteAfter"/>, for which
    /// three looks are left; and it must be at least twice a watcher's <see cref="Watch.WatchRules.StandsStillAfter"/>, so that what goes on for the watcher does not stand still for the guard.
    /// </summary>
    public TimeSpan StandsStillAfter => DemoteAfter - (3 * LookEvery);

    /// <summary>How long it takes at the most from the guard's last sight of the cluster until its node cannot vote.</summary>
    public TimeSpan Worst => DemoteAfter + LookEvery + (2 * CommandLimit) + SetIdentityLimit + StopLimit;

    /// <summary>The least T2 of a watcher that counts on this guard.</summary>
    public TimeSpan LeastLostAfter => Worst * (1 + ClockDrift);

    /// <summary>All that is wrong with these times, a sentence each; empty if nothing is.</summary>
    /// <param name="lostAfter">The watcher's T2: after so long without a landed vote it may act.</param>
    public IReadOnlyList<string> Validate(TimeSpan lostAfter)
    {
        var errors = new SettingErrors();
        errors.CheckRange(nameof(DemoteAfter), DemoteAfter, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10));
        errors.CheckRange(nameof(LookEvery), LookEvery, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        errors.CheckRange(nameof(CommandLimit), CommandLimit, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        errors.CheckRange(nameof(SetIdentityLimit), SetIdentityLimit, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        errors.CheckRange(nameof(StopLimit), StopLimit, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        if (ClockDrift is not (>= 0 and <= 0.1))
        {
            errors.Add($"{nameof(ClockDrift)} is {ClockDrift.ToString(CultureInfo.InvariantCulture)}; it must be from 0 to 0.1.");
        }

        if (LookEvery > DemoteAfter / 4)
        {
            errors.Add($"{nameof(LookEvery)} is {Seconds(LookEvery)}, more than a quarter of {nameof(DemoteAfter)} ({Seconds(DemoteAfter)}), which leaves too few looks; make it less.");
        }

        if (lostAfter <= LeastLostAfter)
        {
            errors.Add($"LostAfter is {Seconds(lostAfter)}, and the guard may take {Arithmetic}: both nodes could vote. Make LostAfter more than {Seconds(LeastLostAfter)}, or the guard's times less.");
        }

        return errors.All;
    }

    /// <summary>The sum, written out.</summary>
    public string Arithmetic => string.Create(
        CultureInfo.InvariantCulture,
        $"{Seconds(DemoteAfter)} without the cluster + {Seconds(LookEvery)} to the next look + 2 x {Seconds(CommandLimit)} for link and voters + {Seconds(SetIdentityLimit)} for the identity + {Seconds(StopLimit)} to stop = {Seconds(Worst)}, and {ClockDrift:P0} for the clocks = {Seconds(LeastLostAfter)}");

    /// <inheritdoc/>
    public override string ToString() => Arithmetic;

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");
}
