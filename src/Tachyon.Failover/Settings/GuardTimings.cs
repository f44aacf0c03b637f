using System.Globalization;

namespace Tachyon.Failover;

/// <summary>
/// The times of a guard, and of the monitor that relies on it. A guard demotes its own node when it sees neither the cluster nor its own votes landing. Even the slowest
/// guard must finish before the monitor acts.
/// </summary>
/// <remarks>What takes them copies them: a later change has no effect. Not thread safe while they are changed.</remarks>
public sealed class GuardTimings
{
    /// <summary>How long the guard sees nothing before it demotes its node: T1.</summary>
    /// <value>10 s; 2 s to 10 min.</value>
    public TimeSpan DemoteAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The interval of its readings, and the time limit for answers.</summary>
    /// <value>1 s; 100 ms to 1 min, and at most a quarter of <see cref="DemoteAfter"/>.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The time limit to move the link, and to remove the voters; an answer takes 10 ms.</summary>
    /// <value>1 s; 100 ms to 1 min.</value>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The time limit for the validator to take its unstaked identity and report it, before it is stopped.</summary>
    /// <value>2 s, twice the longest measured; 1 s to 1 min.</value>
    public TimeSpan SetIdentityTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The time limit to stop the process.</summary>
    /// <value>2 s; 100 ms to 1 min.</value>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How far the speed of two clocks may differ, as a fraction.</summary>
    /// <value>0.01; 0 to 0.1.</value>
    public double ClockDrift { get; set; } = 0.01;

    /// <summary>
    /// After how long without a new slot from any witness the cluster counts as halted, which prevents a demotion. It leaves three readings before <see cref="DemoteAfter"/>.
    /// It must be at least twice a monitor's <see cref="DetectionRules.HaltedAfter"/>, so that a cluster that advances for the monitor is not halted for the guard.
    /// </summary>
    public TimeSpan HaltedAfter => DemoteAfter - (3 * Interval);

    /// <summary>The longest time from the guard's last sight of the cluster until its node cannot vote.</summary>
    public TimeSpan Worst => DemoteAfter + Interval + (2 * CommandTimeout) + SetIdentityTimeout + StopTimeout;

    /// <summary>The smallest T2 of a monitor that relies on this guard.</summary>
    public TimeSpan MinimumLostAfter => Worst * (1 + ClockDrift);

    /// <summary>Whether the sums can be calculated: no value is far out of its bounds, or no number at all.</summary>
    private bool HasSums => Math.Abs(ClockDrift) <= 1 && new[] { DemoteAfter, Interval, CommandTimeout, SetIdentityTimeout, StopTimeout }.All(static time => time.Duration() <= TimeSpan.FromDays(1));

    /// <summary>A copy.</summary>
    internal GuardTimings Copy() => Copies.Of(this);

    /// <summary>All errors in these times, a sentence each; empty if there is none.</summary>
    /// <param name="lostAfter">The monitor's T2: the time without a landed vote after which it may act.</param>
    public IReadOnlyList<string> Validate(TimeSpan lostAfter)
    {
        var errors = new SettingErrors();
        errors.CheckRange(nameof(DemoteAfter), DemoteAfter, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10));
        errors.CheckRange(nameof(Interval), Interval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        errors.CheckRange(nameof(CommandTimeout), CommandTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        errors.CheckRange(nameof(SetIdentityTimeout), SetIdentityTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        errors.CheckRange(nameof(StopTimeout), StopTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        if (ClockDrift is not (>= 0 and <= 0.1))
        {
            errors.Add($"{nameof(ClockDrift)} is {ClockDrift.ToString(CultureInfo.InvariantCulture)}; it must be from 0 to 0.1.");
        }

        if (Interval > DemoteAfter / 4)
        {
            errors.Add($"{nameof(Interval)} is {Seconds(Interval)}, more than a quarter of {nameof(DemoteAfter)} ({Seconds(DemoteAfter)}), which leaves too few readings; make it less.");
        }

        if (HasSums && lostAfter <= MinimumLostAfter)
        {
            errors.Add($"LostAfter is {Seconds(lostAfter)}, and the guard may take {Arithmetic}: both nodes could vote. Make LostAfter more than {Seconds(MinimumLostAfter)}, or the guard's times less.");
        }

        return errors.All;
    }

    /// <summary>The sum as text.</summary>
    public string Arithmetic => string.Create(
        CultureInfo.InvariantCulture,
        $"{Seconds(DemoteAfter)} without the cluster + {Seconds(Interval)} to the next reading + 2 x {Seconds(CommandTimeout)} for link and voters + {Seconds(SetIdentityTimeout)} for the identity + {Seconds(StopTimeout)} to stop = {Seconds(Worst)}, and {ClockDrift:P0} for the clocks = {Seconds(MinimumLostAfter)}");

    /// <inheritdoc/>
    public override string ToString() => Arithmetic;

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");
}
