using Tachyon.Failover.Takeover;

namespace Tachyon.Failover.Protocol;

/// <summary>What a takeover knows besides what a switchover does.</summary>
internal sealed record TakeoverFacts
{
    /// <summary>The least grade of evidence that the policy takes.</summary>
    public required EvidenceGrade LeastGrade { get; init; }

    /// <summary>Whether a validator that does not let itself be demoted may be stopped.</summary>
    public bool MayStop { get; init; }

    /// <summary>Whether there is an adapter that can fence the lost node from outside.</summary>
    public bool HasFence { get; init; }

    /// <summary>What the newest weighing came to; null before the first.</summary>
    public EvidenceFacts? Evidence { get; init; }

    /// <summary>Whether nothing was done since: a promotion goes out only then.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Whether the evidence is what the policy asks for.</summary>
    public bool IsEnough => Evidence is { } evidence && evidence.Grade >= LeastGrade;

    /// <summary>The facts after a step: whatever was done since the evidence was weighed, it is to be weighed again.</summary>
    public TakeoverFacts After(StepObservation observation) => observation.Evidence is { } evidence
        ? this with { Evidence = evidence, IsFresh = observation.Result.IsDone }
        : this with { IsFresh = false };
}
