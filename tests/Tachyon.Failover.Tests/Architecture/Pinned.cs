namespace Tachyon.Failover.Tests.Architecture;

/// <summary>What <see cref="PinnedTests"/> compares with. Lines are added; a line that is there is not changed without a word in the changelog.</summary>
internal static class Pinned
{
    public static readonly string[] LogEvents =
    [
        "1 NodeShellNotOpened Warning",
        "2 SwitchoverBegun Information",
        "3 StepEnded Information",
        "4 SwitchoverEnded Information",
        "5 ObserverThrew Warning",
        "6 JournalFailed Error",
        "7 RecoveryBegun Information",
        "8 PairDiagnosed Information",
        "9 RecoveryEnded Information",
        "101 ShellConnected Information",
        "102 ShellNotConnected Information",
        "103 ShellConnectionLost Warning",
        "104 ShellCloseFailed Debug",
        "105 ShellReached Debug",
    ];

    public static readonly string[] Enums =
    [
        "Tachyon.Failover.CallFailure: None=0 Unrecognised=1 TimedOut=2 ConnectionLost=3 Unreachable=4 Cancelled=5 Skipped=6 Refused=7 ProgramMissing=8 ValidatorNotRunning=9 ValidatorStarting=10 PermissionDenied=11 KeypairUnusable=12 TowerMissing=13 TowerCorrupt=14 TowerSignatureInvalid=15 TowerNotTheDelivered=16 NotALink=17 LockHeld=18 LockLost=19 DiskFull=20 Superseded=21 NoRestartWindow=22",
        "Tachyon.Failover.CallOutcome: Done=0 NotDone=1 Unknown=2",
        "Tachyon.Failover.Cluster.ClusterRpcFailure: Refused=0 HttpError=1 TimedOut=2 Unreachable=3 Nonsense=4",
        "Tachyon.Failover.Cluster.Commitment: Processed=0 Confirmed=1 Finalized=2",
        "Tachyon.Failover.Hosts.SetupAspect: Access=0 Tools=1 Disk=2 KeypairPermissions=3",
        "Tachyon.Failover.Hosts.ValidatorCommand: TakeUnstakedIdentity=0 TakeStakedIdentity=1 AddAuthorizedVoters=2 RemoveAllAuthorizedVoters=3 ShowContactInfo=4 MoveTowerAside=5",
        "Tachyon.Failover.Identities.IdentityRole: Unstaked=0 Staked=1",
        "Tachyon.Failover.IdentityLocation: Unknown=0 Source=1 Target=2 Nobody=3",
        "Tachyon.Failover.Journal.JournalEvent: Begun=0 Intended=1 Done=2 NotDone=3 Unknown=4 Ended=5",
        "Tachyon.Failover.LostRestartWindow: WaitAgain=0 GiveUp=1",
        "Tachyon.Failover.NodeCondition: Unreachable=0 Answers=1 Starting=2 NotRunning=3",
        "Tachyon.Failover.NodeSide: Source=0 Target=1",
        "Tachyon.Failover.PairState: CannotBeKnown=0 ActiveOnSource=1 ActiveOnTarget=2 NobodyVotes=3 TwoIdentities=4",
        "Tachyon.Failover.Preflight.PreflightSeverity: Note=0 Warning=1 Blocker=2",
        "Tachyon.Failover.RecoveryAction: LeaveToAPerson=0 NothingToDo=1 SettleAtSource=2 SettleAtTarget=3",
        "Tachyon.Failover.RecoveryOutcome: Recovered=0 Refused=1 Indeterminate=2",
        "Tachyon.Failover.Shells.ShellFailure: Unreachable=0 HostKeyRefused=1 AuthenticationRefused=2 KeyFileUnusable=3 ChannelRefused=4 Lost=5 ProgramUnusable=6",
        "Tachyon.Failover.SwitchoverOutcome: Completed=0 Refused=1 Undone=2 Indeterminate=3",
        "Tachyon.Failover.SwitchoverStep: Preflight=1 RestartWindow=2 Arm=3 MoveSourceLink=4 Fence=5 AwaitLastVote=6 Seal=7 Deliver=8 Promote=9 MoveTargetLink=10 Verify=11 Tidy=12 LookAtTarget=101 SealTarget=102 DemoteTarget=103 UnsealTarget=104 RestoreVoters=105 RestoreLink=106 LookAtSource=107 RestoreIdentity=108 ClearTarget=109 Release=110 Lock=201 Diagnose=202 RestoreTargetLink=203 ReturnVoters=204 Weigh=301 StopSource=302 PowerOffSource=303 TakeTower=304",
        "Tachyon.Failover.Takeover.EvidenceGrade: None=0 Asserted=1 Observed=2 Fenced=3",
        "Tachyon.Failover.Takeover.TakeoverTower: Own=0 Shadow=1 FromChain=2",
        "Tachyon.Failover.Towers.TowerProblem: Malformed=0 OtherIdentity=1 InvalidSignature=2 NoVotes=3 OlderThanChain=4 ContradictsChain=5 OlderThanHeld=6 DivergesFromHeld=7",
        "Tachyon.Failover.Towers.TowerRelation: Same=0 Newer=1 Older=2 Diverged=3",
        "Tachyon.Failover.Watch.WatchState: CannotTell=0 Healthy=1 Suspect=2 Lost=3",
    ];

    public static readonly string[] PreflightCodes =
    [
        "TF101 ReachableCheck",
        "TF102 RolesCheck",
        "TF103 KeypairsCheck",
        "TF104 IdentityLinkCheck",
        "TF105 TowerCheck",
        "TF106 VoteAccountCheck",
        "TF107 AccessCheck",
        "TF108 ToolsCheck",
        "TF109 DiskCheck",
        "TF110 KeypairPermissionsCheck",
        "TF111 ProcessCheck",
        "TF112 StartCommandCheck",
        "TF113 ClientCheck",
        "TF114 UnstakedIdentityCheck",
        "TF115 AuthorizedVoterCheck",
        "TF116 BalanceCheck",
        "TF117 HealthCheck",
        "TF118 ClusterCheck",
        "TF119 GossipCheck",
        "TF120 SameNodeCheck",
        "TF121 LockCheck",
        "TF122 ClockCheck",
        "TF123 RoundTripCheck",
    ];
}
