using Tachyon.Failover.Takeover;

namespace Tachyon.Failover.Protocol;

/// <summary>What a takeover knows in addition to a switchover's facts.</summary>
internal sealed record TakeoverFacts
{
    /// <summary>The lowest grade of evidence that the policy accepts.</summary>
    public required EvidenceGrade MinimumGrade { get; init; }

    /// <summary>Whether a validator that cannot be demoted may be stopped.</summary>
    public bool AllowStop { get; init; }

    /// <summary>Whether a fencing device can fence the lost node from outside.</summary>
    public bool HasFence { get; init; }

    /// <summary>The newest assessment; null before the first.</summary>
    public EvidenceFacts? Evidence { get; init; }

    /// <summary>Whether nothing was done since the assessment. Only then a promotion is sent.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Whether the evidence reaches the grade that the policy requires.</summary>
    public bool IsEnough => Evidence is { } evidence && evidence.Grade >= MinimumGrade;

    /// <summary>The facts after a step. After any action the evidence must be assessed again.</summary>
    public TakeoverFacts After(StepObservation observation) => observation.Evidence is { } evidence
        ? this with { Evidence = evidence, IsFresh = observation.Result.IsDone }
        : this with { IsFresh = false };
}
