namespace Tachyon.Failover;

/// <summary>The steps of a switchover, in their order, and after them those of the way back, of a recovery and of a takeover.</summary>
public enum SwitchoverStep
{
    /// <summary>Both nodes and the cluster are looked at; nothing is touched.</summary>
    Preflight = 1,

    /// <summary>A window without leader slots of the staked identity is waited for.</summary>
    RestartWindow = 2,

    /// <summary>Locks are taken on both nodes, the target takes the unstaked identity that it has on trial, a leftover tower there is moved aside, and it is seen that enough is left of the restart window. Last, the
    /// target gets its authorized voters.</summary>
    Arm = 3,

    /// <summary>The source's identity link is pointed at its unstaked keypair, so that a restart cannot bring back a second voter.</summary>
    MoveSourceLink = 4,

    /// <summary>The source takes its unstaked identity, right after a vote was saved.</summary>
    Fence = 5,

    /// <summary>The vote that may follow the fence is waited for. Only speed depends on it.</summary>
    AwaitLastVote = 6,

    /// <summary>The source's authorized voters are taken away and its tower is read: it can vote no more, and the tower is final.
    /// Safety depends on this step.</summary>
    Seal = 7,

    /// <summary>The final tower is put into the target's folder.</summary>
    Deliver = 8,

    /// <summary>The target takes the staked identity with that tower. The commit point: from here the way is forward only.</summary>
    Promote = 9,

    /// <summary>The target's identity link is pointed at the staked keypair.</summary>
    MoveTargetLink = 10,

    /// <summary>Identities are read back, the source's tower is unchanged, and votes of the target land.</summary>
    Verify = 11,

    /// <summary>The source gets its authorized voters back, its tower is moved aside, the locks are released.</summary>
    Tidy = 12,

    /// <summary>The last look: the target is asked which identity it runs, and must have voted for a slot that did not exist until 3 s after the promotion.</summary>
    SeeTargetVote = 13,

    /// <summary>Way back: the target is asked who it is, because a promotion was sent and its answer did not say that it is done.</summary>
    LookAtTarget = 101,

    /// <summary>Way back: the target's authorized voters are taken away, so that a promotion that comes late, however late, cannot make a second
    /// voter. They are given back by the next arming, or by a person.</summary>
    SealTarget = 102,

    /// <summary>Way back: the target takes its unstaked identity.</summary>
    DemoteTarget = 103,

    /// <summary>The target turned out to be promoted after it was sealed: it gets its authorized voters back and the way goes on forward.</summary>
    UnsealTarget = 104,

    /// <summary>Way back: the source gets its authorized voters back.</summary>
    RestoreVoters = 105,

    /// <summary>Way back: the source's identity link is pointed at the staked keypair again.</summary>
    RestoreLink = 106,

    /// <summary>Way back: the source is asked who it is.</summary>
    LookAtSource = 107,

    /// <summary>Way back: the source takes the staked identity with its own tower.</summary>
    RestoreIdentity = 108,

    /// <summary>Way back: a tower that was delivered is moved aside.</summary>
    ClearTarget = 109,

    /// <summary>Way back, and before another restart window is waited for: the locks are released.</summary>
    Release = 110,

    /// <summary>Way back and recovery, the last look: the node that keeps the staked identity is asked which identity it runs, and must have voted for a slot that did not exist until 3 s after it took it.</summary>
    SeeSourceVote = 111,

    /// <summary>Recovery: both locks are taken, and what may still be on its way inside a validator is waited for.</summary>
    Lock = 201,

    /// <summary>Recovery: both nodes and the cluster are looked at, and it is decided which node is to keep the staked identity. In the steps of
    /// the way back that node is the source, and the other one the target.</summary>
    Diagnose = 202,

    /// <summary>Recovery: the identity link of the node that is not to vote is pointed at its unstaked keypair.</summary>
    RestoreTargetLink = 203,

    /// <summary>Recovery: the node that gave the identity away gets its authorized voters back, as at the end of a switchover.</summary>
    ReturnVoters = 204,

    /// <summary>Takeover: what speaks for it that the lost node does not vote is looked at and weighed: before anything is touched, and again right before the promotion.</summary>
    Weigh = 301,

    /// <summary>Takeover: the lost node's validator, which did not let itself be demoted, is stopped, and seen to be gone.</summary>
    StopSource = 302,

    /// <summary>Takeover: the lost node is fenced by the adapter that was given, for example by cutting its power, and asked again.</summary>
    PowerOffSource = 303,

    /// <summary>Takeover: the tower with which the target is to vote is found: the lost node's own, or the newest that a watch has kept.</summary>
    TakeTower = 304,

    /// <summary>Recovery behind a takeover: the validator of the node that is still owed, which does not let itself be demoted, is stopped, and seen to be gone.</summary>
    StopTarget = 305,
}
