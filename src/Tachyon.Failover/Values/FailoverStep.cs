namespace Tachyon.Failover;

/// <summary>
/// The steps of a switchover, in order, and after them those of the rollback, of a recovery and of a takeover. In a rollback the keeper is the source, and the other node the target;
/// a recovery finds out which node is which.
/// </summary>
internal enum FailoverStep
{
    /// <summary>Reads both nodes and the cluster, and changes nothing.</summary>
    Preflight = 1,

    /// <summary>Waits for a window without leader slots of the staked identity.</summary>
    AwaitRestartWindow = 2,

    /// <summary>Takes the locks on both nodes, sets the target's unstaked identity again as a trial, moves a stale tower there aside, and checks the rest of the restart window. Last, it adds the
    /// target's authorized voters.</summary>
    Prepare = 3,

    /// <summary>Points the source's identity link at its unstaked keypair, so that a restart does not make it a second voter.</summary>
    MoveSourceLink = 4,

    /// <summary>Demotes the source, right after a vote was saved.</summary>
    DemoteSource = 5,

    /// <summary>Waits for the vote that may follow the demotion. It affects only speed.</summary>
    AwaitLastVote = 6,

    /// <summary>Removes the source's authorized voters and reads its tower: it can no longer vote, and the tower is final.
    /// Safety depends on this step.</summary>
    SealSource = 7,

    /// <summary>Writes the final tower into the target's folder.</summary>
    DeliverTower = 8,

    /// <summary>Promotes the target with that tower. The commit point: after it the run only continues forward.</summary>
    PromoteTarget = 9,

    /// <summary>Points the target's identity link at the staked keypair.</summary>
    MoveTargetLink = 10,

    /// <summary>Reads the identities again, checks that the source's tower is unchanged, and that votes of the target land.</summary>
    Verify = 11,

    /// <summary>Adds the source's authorized voters, moves its tower aside, and releases the locks.</summary>
    CleanUp = 12,

    /// <summary>The last probe: the target must report the staked identity, and have voted for a slot that did not exist until 3 s after the promotion.</summary>
    SeeTargetVote = 13,

    /// <summary>Rollback: asks the other node for its identity, because a promotion was sent and its answer did not say that it is done.</summary>
    ProbeOther = 101,

    /// <summary>Rollback: removes the other node's authorized voters, so that a late promotion cannot make it a second
    /// voter. The next prepare-target step or an operator adds them again.</summary>
    SealOther = 102,

    /// <summary>Rollback: demotes the other node.</summary>
    DemoteOther = 103,

    /// <summary>The target turned out to be promoted after it was sealed: adds its authorized voters, and the run continues forward.</summary>
    UnsealTarget = 104,

    /// <summary>Rollback: adds the keeper's authorized voters.</summary>
    ReturnKeeperVoters = 105,

    /// <summary>Rollback: points the keeper's identity link where it was.</summary>
    MoveKeeperLink = 106,

    /// <summary>Rollback: asks the keeper for its identity.</summary>
    ProbeKeeper = 107,

    /// <summary>Rollback: promotes the keeper with its own tower.</summary>
    PromoteKeeper = 108,

    /// <summary>Rollback: moves a delivered tower on the other node aside.</summary>
    MoveOtherTowerAside = 109,

    /// <summary>Rollback, and before a wait for another restart window: releases the locks.</summary>
    ReleaseLocks = 110,

    /// <summary>Rollback and recovery, the last probe: the keeper must report the staked identity, and have voted for a slot that did not exist until 3 s after it took it.</summary>
    SeeKeeperVote = 111,

    /// <summary>Recovery: takes both locks, and waits for calls that may still run inside a validator.</summary>
    TakeLocks = 201,

    /// <summary>Recovery: reads both nodes and the cluster, and decides which node is the keeper.</summary>
    Diagnose = 202,

    /// <summary>Recovery: points the other node's identity link at its unstaked keypair.</summary>
    MoveOtherLink = 203,

    /// <summary>Recovery: adds the authorized voters of the node that lost the identity, as at the end of a switchover.</summary>
    ReturnOtherVoters = 204,

    /// <summary>Takeover: assesses the evidence that the lost node is not voting, before any change and again right before the promotion.</summary>
    AssessEvidence = 301,

    /// <summary>Takeover: stops the lost node's validator, which could not be demoted, and checks that it has ended.</summary>
    StopSource = 302,

    /// <summary>Takeover: fences the lost node with the fencing device, for example by cutting its power, and asks again.</summary>
    FenceSource = 303,

    /// <summary>Takeover: finds the tower for the target: the lost node's own, or the newest tower copy.</summary>
    ChooseTower = 304,

    /// <summary>Recovery after a takeover: stops the validator of the node with the pending demotion, which could not be demoted, and checks that it has ended.</summary>
    StopOther = 305,
}
