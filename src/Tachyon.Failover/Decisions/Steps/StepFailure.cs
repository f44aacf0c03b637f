namespace Tachyon.Failover.Decisions;

/// <summary>What it means for the run if a step is not done.</summary>
internal enum StepFailure
{
    /// <summary>The run turns around. After the promotion it continues, and the result names what is missing.</summary>
    TurnsAround,

    /// <summary>Only speed is lost. The steps that are sent with it are sent all the same.</summary>
    CostsSpeed,

    /// <summary>In a takeover it is only evidence about the lost node.</summary>
    IsEvidence,

    /// <summary>In a takeover the demotion of the lost node stays pending.</summary>
    StaysPending,
}
