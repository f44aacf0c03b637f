namespace Tachyon.Failover;

/// <summary>Why a call was not done, or why its outcome is unknown, as far as the answer shows.</summary>
public enum CallFailure
{
    /// <summary>Nothing failed.</summary>
    None,

    /// <summary>The answer is not recognized; <see cref="CallResult.Detail"/> holds it.</summary>
    Unrecognized,

    /// <summary>No answer within the time limit of the call.</summary>
    TimedOut,

    /// <summary>The connection was lost before the answer came.</summary>
    ConnectionLost,

    /// <summary>The host could not be reached, so nothing was sent.</summary>
    Unreachable,

    /// <summary>The caller canceled the call.</summary>
    Canceled,

    /// <summary>An earlier call, on which this one depends, was not done.</summary>
    Skipped,

    /// <summary>A condition of the call is not met; <see cref="CallResult.Detail"/> says which.</summary>
    Refused,

    /// <summary>The validator program is not at its path, or cannot be executed.</summary>
    ProgramMissing,

    /// <summary>No validator serves the ledger's admin socket.</summary>
    ValidatorNotRunning,

    /// <summary>The validator has not finished its start.</summary>
    ValidatorStarting,

    /// <summary>The login user lacks the permission.</summary>
    PermissionDenied,

    /// <summary>A keypair file is missing, is no keypair, or holds another key than expected.</summary>
    KeypairUnusable,

    /// <summary>There is no tower for the identity.</summary>
    TowerMissing,

    /// <summary>The tower ends early or is of an unknown kind.</summary>
    TowerCorrupt,

    /// <summary>The tower's signature is not by the identity.</summary>
    TowerSignatureInvalid,

    /// <summary>The tower on the host is not the one that was delivered.</summary>
    TowerMismatch,

    /// <summary>The identity link is missing, or is not a link.</summary>
    NotALink,

    /// <summary>Another coordinator holds the host's lock.</summary>
    LockHeld,

    /// <summary>Another coordinator has held the host's lock since the connection was lost. Its changes are unknown to this run.</summary>
    LockLost,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>According to the journal, another switchover of the same identity has changed a node since this one began.</summary>
    Superseded,

    /// <summary>The validator's leader slots come too soon, and waiting does not help or was not requested.</summary>
    NoRestartWindow,

    /// <summary>The host received the call after its deadline and did not execute it.</summary>
    Expired,
}
