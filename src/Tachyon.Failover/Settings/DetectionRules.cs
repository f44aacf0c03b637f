namespace Tachyon.Failover;

/// <summary>When a validator counts as lost.</summary>
/// <remarks>
/// What takes them copies them: a later change has no effect. Not thread safe while they are changed.
/// Silence is counted in slots, by the witnesses, and in time, by the monitor's clock: a halted cluster makes no slots, and a cluster that catches up makes many in a short time.
/// </remarks>
public sealed class DetectionRules
{
    /// <summary>How many slots without a landed vote are normal. In steady state a vote lands one or two slots later.</summary>
    /// <value>8; 4 to 64.</value>
    public int HealthySlots { get; set; } = 8;

    /// <summary>After how many slots without a landed vote, according to enough witnesses, the validator counts as lost.</summary>
    /// <value>50, which is 20 s; more than <see cref="HealthySlots"/>, at most 1000.</value>
    public int LostSlots { get; set; } = 50;

    /// <summary>After how long without a new landed vote it may count as lost: T2 of docs/safety.md.</summary>
    /// <value>20 s; 5 s to 1 h.</value>
    public TimeSpan LostAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How many witnesses must see that, each with advancing slots of its own.</summary>
    /// <value>2; 1 to 16. One witness alone may lag, or be cut off with the validator.</value>
    public int MinimumWitnesses { get; set; } = 2;

    /// <summary>How many consecutive readings must agree. As many must see votes land before a lost validator counts as healthy again.</summary>
    /// <value>3; 1 to 100.</value>
    public int ConsecutiveReadings { get; set; } = 3;

    /// <summary>After how long with the same newest slot a witness counts as halted.</summary>
    /// <value>3.5 s; 1 s to 1 min, and less than <see cref="LostAfter"/>. A guard needs at least twice this time: <see cref="GuardTimings.HaltedAfter"/>.</value>
    public TimeSpan HaltedAfter { get; set; } = TimeSpan.FromSeconds(3.5);

    /// <summary>The balance that the staked identity needs to pay for votes.</summary>
    /// <value>5,000 lamports: the fee of one vote. With less, no vote can land, even if the validator is healthy.</value>
    public ulong MinimumBalance { get; set; } = 5_000;

    /// <summary>Whether other rules have the same values.</summary>
    internal bool IsSameAs(DetectionRules other) =>
        (HealthySlots, LostSlots, LostAfter, MinimumWitnesses, ConsecutiveReadings, HaltedAfter, MinimumBalance)
        == (other.HealthySlots, other.LostSlots, other.LostAfter, other.MinimumWitnesses, other.ConsecutiveReadings, other.HaltedAfter, other.MinimumBalance);

    /// <summary>A copy.</summary>
    internal DetectionRules Copy() => Copies.Of(this);

    /// <summary>All errors in these rules, a sentence each; empty if there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new SettingErrors();
        errors.CheckCount(nameof(HealthySlots), HealthySlots, 4, 64);
        errors.CheckCount(nameof(LostSlots), LostSlots, 5, 1000);
        errors.CheckRange(nameof(LostAfter), LostAfter, TimeSpan.FromSeconds(5), TimeSpan.FromHours(1));
        errors.CheckCount(nameof(MinimumWitnesses), MinimumWitnesses, 1, 16);
        errors.CheckCount(nameof(ConsecutiveReadings), ConsecutiveReadings, 1, 100);
        errors.CheckRange(nameof(HaltedAfter), HaltedAfter, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        if (LostSlots <= HealthySlots)
        {
            errors.Add($"{nameof(LostSlots)} is {LostSlots}, not more than {nameof(HealthySlots)} ({HealthySlots}): a validator would be lost before it is suspect; make it more.");
        }

        if (HaltedAfter >= LostAfter)
        {
            errors.Add(FormattableString.Invariant($"{nameof(HaltedAfter)} is {HaltedAfter.TotalSeconds} s, not less than {nameof(LostAfter)} ({LostAfter.TotalSeconds} s): a halted cluster would be taken for a lost validator; make it less."));
        }

        return errors.All;
    }
}
