using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Takeover;

/// <summary>What must be certain before the staked identity is taken from a lost node. Immutable.</summary>
public sealed record TakeoverPolicy
{
    /// <summary>The lowest grade of evidence. Below it the takeover is refused, with the facts and what would raise the grade.</summary>
    /// <value><see cref="EvidenceGrade.Fenced"/>. With less, two nodes may run one identity, and the cluster then ends one of them, perhaps the wrong one.</value>
    public EvidenceGrade LeastGrade { get; init; } = EvidenceGrade.Fenced;

    /// <summary>Why the operator is sure that the lost node does not vote and will not resume. Kept in the journal and the result.</summary>
    /// <value>Null: no statement.</value>
    public string? Assertion { get; init; }

    /// <summary>With which towers the target may be promoted.</summary>
    /// <value><see cref="TakeoverTower.Shadow"/>.</value>
    public TakeoverTower Tower { get; init; } = TakeoverTower.Shadow;

    /// <summary>The rules for silence.</summary>
    public WatchRules Silence { get; init; } = new();

    /// <summary>The times of the guard on the lost node; null if it has none.</summary>
    public GuardTimings? Guard { get; init; }

    /// <summary>Whether a validator that does not answer is stopped, by a signal. <see cref="Hosts.IValidatorProcess.LongestStop"/> gives the time that this may take.</summary>
    /// <value>True.</value>
    public bool MayStop { get; init; } = true;

    /// <summary>The time limit of each call to the lost node; three times as long for the first, which connects. A <c>set-identity</c> takes at most 1 s, anything else 10 ms.</summary>
    /// <value>2 s; 1 s to 1 min.</value>
    public TimeSpan CallLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The time limit for the fencing device to fence the node and to confirm it.</summary>
    /// <value>1 min; 1 s to 10 min.</value>
    public TimeSpan FenceLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The least number of witnesses: silence is evidence if enough of them see it. 0 if the policy does not rely on silence.</summary>
    internal int WitnessesNeeded => LeastGrade == EvidenceGrade.Observed ? Silence.LeastWitnesses : 0;

    /// <summary>All errors in this policy and its relations, a sentence each; empty if there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new SettingErrors();
        if (!Enum.IsDefined(LeastGrade) || LeastGrade == EvidenceGrade.None)
        {
            errors.Add($"{nameof(LeastGrade)} is {LeastGrade}; give {nameof(EvidenceGrade.Fenced)}, {nameof(EvidenceGrade.Observed)} or {nameof(EvidenceGrade.Asserted)}.");
        }

        if (!Enum.IsDefined(Tower))
        {
            errors.Add($"{nameof(Tower)} is {Tower}; give {nameof(TakeoverTower.Own)}, {nameof(TakeoverTower.Shadow)} or {nameof(TakeoverTower.FromChain)}.");
        }

        if (Assertion is not null && string.IsNullOrWhiteSpace(Assertion))
        {
            errors.Add($"{nameof(Assertion)} is empty; say why the lost node cannot vote, or leave it out.");
        }

        if (LeastGrade == EvidenceGrade.Asserted && Assertion is null)
        {
            errors.Add($"{nameof(LeastGrade)} is {nameof(EvidenceGrade.Asserted)}, and {nameof(Assertion)} is missing; say why the lost node cannot vote.");
        }

        errors.CheckRange(nameof(CallLimit), CallLimit, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        errors.CheckRange(nameof(FenceLimit), FenceLimit, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        errors.AddRange(nameof(Silence), Silence?.Validate());
        if (Silence is null)
        {
            return errors.All;
        }

        if (Guard is { } guard)
        {
            errors.AddRange(nameof(Guard), guard.Validate(Silence.LostAfter));
            if (guard.StandsStillAfter < 2 * Silence.StandsStillAfter)
            {
                errors.Add(FormattableString.Invariant($"{nameof(Guard)} takes a cluster for halted after {guard.StandsStillAfter.TotalSeconds} s, and {nameof(Silence)} after {Silence.StandsStillAfter.TotalSeconds} s: the guard could wait while the watcher counts, unless its time is at least twice as long. Make {nameof(Silence)}.{nameof(WatchRules.StandsStillAfter)} less, or {nameof(GuardTimings.DemoteAfter)} more."));
            }
        }

        if (Silence.LeastWitnesses < 2 && (LeastGrade == EvidenceGrade.Observed || Guard is not null))
        {
            errors.Add($"{nameof(LeastGrade)} is {LeastGrade}, {(Guard is null ? "without" : "with")} a guard, and {nameof(Silence)}.{nameof(WatchRules.LeastWitnesses)} is {Silence.LeastWitnesses}: one witness can be wrong, and the guard may not know it. Make {nameof(WatchRules.LeastWitnesses)} 2 or more.");
        }

        return errors.All;
    }
}
