namespace Tachyon.Failover;

/// <summary>How far a run is, as a step shows it. A run may return to <see cref="Preparation"/>: a takeover assesses its evidence again, and a recovery diagnoses again.</summary>
public enum FailoverPhase
{
    /// <summary>The run looks, waits or prepares. No identity, link or voter has been taken from a node by this step.</summary>
    Preparation = 1,

    /// <summary>The identity is being taken from the source. A cancellation rolls the run back.</summary>
    Handover = 2,

    /// <summary>The promotion is sent. The run only continues forward, and cannot be canceled.</summary>
    Promotion = 3,

    /// <summary>The other node is ruled out as a voter and the keeper is restored, in a rollback or in a recovery. It cannot be canceled.</summary>
    Rollback = 4,
}
