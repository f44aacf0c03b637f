namespace Tachyon.Failover;

/// <summary>Why a call was not done, or why it is not known whether it was, as far as the answer tells.</summary>
public enum CallFailure
{
    /// <summary>Nothing failed.</summary>
    None,

    /// <summary>The answer is none of those known; <see cref="CallResult.Detail"/> holds it.</summary>
    Unrecognised,

    /// <summary>No answer within the time limit of the call.</summary>
    TimedOut,

    /// <summary>The connection was lost before the answer came.</summary>
    ConnectionLost,

    /// <summary>The host could not be reached, so nothing was sent.</summary>
    Unreachable,

    /// <summary>The caller gave the call up.</summary>
    Cancelled,

    /// <summary>A call before it, on which this one depends, was not done.</summary>
    Skipped,

    /// <summary>Something that the call needs is not so; <see cref="CallResult.Detail"/> says what.</summary>
    Refused,

    /// <summary>The validator program is not at its path, or may not be run.</summary>
    ProgramMissing,

    /// <summary>No validator serves the ledger's admin socket.</summary>
    ValidatorNotRunning,

    /// <summary>The validator has not finished its start.</summary>
    ValidatorStarting,

    /// <summary>The login user may not do it.</summary>
    PermissionDenied,

    /// <summary>A keypair file is missing, is no keypair, or holds another key than the one that is meant.</summary>
    KeypairUnusable,

    /// <summary>There is no tower for the identity.</summary>
    TowerMissing,

    /// <summary>The tower ends early or is of an unknown kind.</summary>
    TowerCorrupt,

    /// <summary>The tower's signature is not by the identity.</summary>
    TowerSignatureInvalid,

    /// <summary>The tower on the host is not the one that was delivered.</summary>
    TowerNotTheDelivered,

    /// <summary>The identity link is missing, or something else than a link stands in its place.</summary>
    NotALink,

    /// <summary>Another coordinator holds the host's lock.</summary>
    LockHeld,

    /// <summary>Another coordinator has had the host's lock since this one lost its connection: nothing is any more as it was left.</summary>
    LockLost,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>The journal says that another switchover of the same identity has moved something since this one began.</summary>
    Superseded,

    /// <summary>The validator leads too soon, and waiting is of no use or was not asked for.</summary>
    NoRestartWindow,

    /// <summary>It arrived behind the time by which it was to be begun, so it was not begun.</summary>
    TooLate,
}
