using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Takeover;

/// <summary>What must be sure before the staked identity is taken from a node that is lost. Immutable.</summary>
public sealed record TakeoverPolicy
{
    /// <summary>The least grade of evidence; below it the takeover is refused, with what was seen and what would raise it.</summary>
    /// <value><see cref="EvidenceGrade.Fenced"/>. With less, two nodes may run one identity, and the cluster ends one of them: the wrong one, perhaps.</value>
    public EvidenceGrade LeastGrade { get; init; } = EvidenceGrade.Fenced;

    /// <summary>Why a person is sure that the lost node does not vote and will not come back. Kept in the journal and the result.</summary>
    /// <value>Null: nobody says so.</value>
    public string? Assertion { get; init; }

    /// <summary>Which towers the target may take the identity with.</summary>
    /// <value><see cref="TakeoverTower.Shadow"/>.</value>
    public TakeoverTower Tower { get; init; } = TakeoverTower.Shadow;

    /// <summary>What counts as silence.</summary>
    public WatchRules Silence { get; init; } = new();

    /// <summary>The times of the guard on the lost node; null if it has none.</summary>
    public GuardTimings? Guard { get; init; }

    /// <summary>Whether a validator that does not answer is stopped, by a signal. How long that may take, its node says: <see cref="Hosts.IValidatorProcess.LongestStop"/>.</summary>
    /// <value>True.</value>
    public bool MayStop { get; init; } = true;

    /// <summary>How long each call to the lost node may take; the first, which connects, three times as long. A <c>set-identity</c> takes 1 s at most, anything else 10 ms.</summary>
    /// <value>2 s; 1 s to 1 min.</value>
    public TimeSpan CallLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an adapter may take to fence the node, and to say again that it is fenced.</summary>
    /// <value>1 min; 1 s to 10 min.</value>
    public TimeSpan FenceLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>All that is wrong with this policy, its relations included, a sentence each; empty if nothing is.</summary>
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
                errors.Add(FormattableString.Invariant($"{nameof(Guard)} takes a cluster for standing still after {guard.StandsStillAfter.TotalSeconds} s, and {nameof(Silence)} after {Silence.StandsStillAfter.TotalSeconds} s: the guard could wait while the watcher counts, unless it is at least twice as slow with that. Make {nameof(Silence)}.{nameof(WatchRules.StandsStillAfter)} less, or {nameof(GuardTimings.DemoteAfter)} more."));
            }
        }

        if (Silence.LeastWitnesses < 2 && (LeastGrade == EvidenceGrade.Observed || Guard is not null))
        {
            errors.Add($"{nameof(LeastGrade)} is {LeastGrade}, {(Guard is null ? "without" : "with")} a guard, and {nameof(Silence)}.{nameof(WatchRules.LeastWitnesses)} is {Silence.LeastWitnesses}: one witness can be wrong, and it may be one that the guard does not know. Make {nameof(WatchRules.LeastWitnesses)} 2 or more.");
        }

        return errors.All;
    }
}
