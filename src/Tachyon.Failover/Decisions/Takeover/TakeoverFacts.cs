namespace Tachyon.Failover.Decisions;

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

    /// <summary>What was read of the source before any change there; null if it could not be read.</summary>
    public NodeFacts? SourceBefore { get; init; }

    /// <summary>Whether the source's validator was stopped: it no longer votes, and its link decides what it runs after a start.</summary>
    public bool SourceIsDown { get; init; }

    /// <summary>The facts after a step. After any action the evidence must be assessed again.</summary>
    /// <param name="observation">The result of the step.</param>
    /// <param name="isUntouched">Whether nothing was tried on the source before.</param>
    public TakeoverFacts After(StepObservation observation, bool isUntouched) => this with
    {
        Evidence = observation.Evidence ?? Evidence,
        IsFresh = observation is { Evidence: not null, Result.IsDone: true },
        SourceBefore = isUntouched ? observation.Source ?? SourceBefore : SourceBefore,
        SourceIsDown = observation.Step == FailoverStep.StopSource ? observation.Result.IsDone : SourceIsDown,
    };
}
