namespace Tachyon.Failover;

/// <summary>What must be certain before the staked identity is taken from a lost node.</summary>
/// <remarks>The call that takes it copies it: a later change has no effect. Not thread safe while it is changed.</remarks>
public sealed class TakeoverPolicy
{
    /// <summary>The lowest grade of evidence. Below it the takeover is refused, with the facts and what would raise the grade.</summary>
    /// <value><see cref="EvidenceGrade.Fenced"/>. With less, two nodes may run one identity, and the cluster then ends one of them, perhaps the wrong one.</value>
    public EvidenceGrade MinimumGrade { get; set; } = EvidenceGrade.Fenced;

    /// <summary>Why the operator is sure that the lost node does not vote and will not resume. Kept in the journal and the result.</summary>
    /// <value>Null: no statement.</value>
    public string? OperatorStatement { get; set; }

    /// <summary>With which towers the target may be promoted.</summary>
    /// <value><see cref="TakeoverTower.FromCopy"/>.</value>
    public TakeoverTower Tower { get; set; } = TakeoverTower.FromCopy;

    /// <summary>The rules for silence.</summary>
    public DetectionRules Detection { get; set; } = new();

    /// <summary>The times of the guard on the lost node; null if it has none.</summary>
    public GuardTimings? Guard { get; set; }

    /// <summary>Whether a validator that does not answer is stopped, by a signal. <see cref="Nodes.IValidatorProcess.LongestStop"/> gives the time that this may take.</summary>
    /// <value>True.</value>
    public bool AllowStop { get; set; } = true;

    /// <summary>The time limit of each call to the lost node; three times as long for the first, which connects. A <c>set-identity</c> takes at most 1 s, anything else 10 ms.</summary>
    /// <value>2 s; 1 s to 1 min.</value>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The time limit for the fencing device to fence the node and to confirm it.</summary>
    /// <value>1 min; 1 s to 10 min.</value>
    public TimeSpan FencingTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The least number of witnesses: silence is evidence if enough of them see it. 0 if the policy does not rely on silence.</summary>
    internal int WitnessesNeeded => MinimumGrade == EvidenceGrade.Observed ? Detection.MinimumWitnesses : 0;

    /// <summary>A copy, with the rules and times in it.</summary>
    internal TakeoverPolicy Copy() => this.With(static it => { it.Detection = it.Detection?.Copy()!; it.Guard = it.Guard?.Copy(); });

    /// <summary>All errors in this policy and its relations, a sentence each; empty if there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new SettingErrors();
        if (!Enum.IsDefined(MinimumGrade) || MinimumGrade == EvidenceGrade.None)
        {
            errors.Add($"{nameof(MinimumGrade)} is {MinimumGrade}; give {nameof(EvidenceGrade.Fenced)}, {nameof(EvidenceGrade.Observed)} or {nameof(EvidenceGrade.Asserted)}.");
        }

        if (!Enum.IsDefined(Tower))
        {
            errors.Add($"{nameof(Tower)} is {Tower}; give {nameof(TakeoverTower.FromNode)}, {nameof(TakeoverTower.FromCopy)} or {nameof(TakeoverTower.FromChain)}.");
        }

        if (OperatorStatement is not null && string.IsNullOrWhiteSpace(OperatorStatement))
        {
            errors.Add($"{nameof(OperatorStatement)} is empty; say why the lost node cannot vote, or leave it out.");
        }

        if (MinimumGrade == EvidenceGrade.Asserted && OperatorStatement is null)
        {
            errors.Add($"{nameof(MinimumGrade)} is {nameof(EvidenceGrade.Asserted)}, and {nameof(OperatorStatement)} is missing; say why the lost node cannot vote.");
        }

        errors.CheckRange(nameof(CallTimeout), CallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        errors.CheckRange(nameof(FencingTimeout), FencingTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        errors.AddRange(nameof(Detection), Detection?.Validate());
        if (Detection is null)
        {
            return errors.All;
        }

        if (Guard is { } guard)
        {
            errors.AddRange(nameof(Guard), guard.Validate(Detection.LostAfter));
            if (guard.HaltedAfter < 2 * Detection.HaltedAfter)
            {
                errors.Add(FormattableString.Invariant($"{nameof(Guard)} takes a cluster for halted after {guard.HaltedAfter.TotalSeconds} s, and {nameof(Detection)} after {Detection.HaltedAfter.TotalSeconds} s: the guard could wait while the monitor counts, unless its time is at least twice as long. Make {nameof(Detection)}.{nameof(DetectionRules.HaltedAfter)} less, or {nameof(GuardTimings.DemoteAfter)} more."));
            }
        }

        if (Detection.MinimumWitnesses < 2 && (MinimumGrade == EvidenceGrade.Observed || Guard is not null))
        {
            errors.Add($"{nameof(MinimumGrade)} is {MinimumGrade}, {(Guard is null ? "without" : "with")} a guard, and {nameof(Detection)}.{nameof(DetectionRules.MinimumWitnesses)} is {Detection.MinimumWitnesses}: one witness can be wrong, and the guard may not know it. Make {nameof(DetectionRules.MinimumWitnesses)} 2 or more.");
        }

        return errors.All;
    }
}
