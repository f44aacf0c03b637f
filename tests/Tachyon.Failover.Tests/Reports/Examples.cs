using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.Tests.Reports;

/// <summary>One result of each kind with every member set, as in docs/json.md.</summary>
internal static class Examples
{
    private static readonly Pubkey Identity = Pubkey.Parse("AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq");
    private static readonly DateTimeOffset StartedAt = new(2026, 11, 23, 14, 5, 9, 250, TimeSpan.Zero);

    private static readonly OperatorAction LinkByHand = new()
    {
        Node = "south",
        Reason = "its identity link was not moved: after a restart it would run the unstaked identity",
        Command = "ln -sfn /home/sol/staked.json /home/sol/identity.json",
    };

    private static readonly StepReport LinkNotMoved = new()
    {
        StepCode = FailoverStep.MoveTargetLink,
        Node = "south",
        Result = CallResult.NotDone(CallFailure.DiskFull, "No space left on device"),
        Elapsed = TimeSpan.FromMicroseconds(12_345.6),
        SentAt = TimeSpan.FromSeconds(4.1),
        EndedAt = TimeSpan.FromMicroseconds(4_112_345.6),
    };

    private static readonly PreflightReport Report = new(
        ["TF101", "TF123"],
        [new PreflightFinding { Code = "TF123", Severity = PreflightSeverity.Info, Node = null, Seen = "20 ms to south", Expected = "less than a slot", Remedy = null }]);

    /// <summary>A note with these words. Its code is the words without figures, so that other figures are the same news.</summary>
    public static FailoverNote Note(string text) => new(new string([.. text.Where(char.IsAsciiLetter)]), node: null, text);

    public static JournalEntry Entry { get; } = new()
    {
        At = StartedAt,
        RunId = RunId.Parse("019ab000-0000-7000-8000-000000000001"),
        Event = JournalEvent.Ended,
        Kind = RunKind.Takeover,
        Step = nameof(FailoverStep.Verify),
        Outcome = FailoverOutcome.Completed,
        IdentityAt = IdentityLocation.Target,
        Demoted = NodeSide.Source,
        Detail = "words",
        StakedIdentity = Identity.ToString(),
        Source = "north",
        SourceUnstaked = Identity.ToString(),
        Target = "south",
        TargetUnstaked = Identity.ToString(),
    };

    public static FailoverResult Result { get; } = new()
    {
        RunId = RunId.Parse("019ab000-0000-7000-8000-000000000001"),
        StakedIdentity = Identity,
        StartedAt = StartedAt,
        Elapsed = TimeSpan.FromSeconds(7.25),
        Outcome = FailoverOutcome.Completed,
        IdentityAt = IdentityLocation.Target,
        Source = "north",
        Target = "south",
        Reason = "MoveTargetLink: not done (DiskFull): No space left on device",
        Steps = [new StepReport { StepCode = FailoverStep.Preflight, Result = CallResult.Done(), Elapsed = TimeSpan.FromMilliseconds(412), SentAt = TimeSpan.Zero, EndedAt = TimeSpan.FromMilliseconds(412) }, LinkNotMoved],
        Preflight = Report,
        Gap = new GapReport
        {
            SourceLastVote = 4790,
            TargetFirstVote = 4792,
            MissedSlots = 1,
            MissedBlocks = [4791],
            Duration = TimeSpan.FromMilliseconds(812.5),
            CoordinatorTime = TimeSpan.FromMilliseconds(1.2),
            RefusedVotes = 0,
        },
        Evidence = new TakeoverEvidence
        {
            Grade = EvidenceGrade.Observed,
            Facts = [new(NoteCodes.ShellSilent, "north", "its shell does not answer"), new(NoteCodes.PortsSilent, "north", "none of its ports answers")],
            Missing = [new(NoteCodes.NeedsFencing, "north", "a shell on it that answers, so that it can be demoted; or a fencing device that can cut its power")],
        },
        PendingDemotions = [new(NoteCodes.LinkPending, "north", "its identity link was not seen to be moved. If its validator starts through it, the one on south exits within seconds, and no node votes: switch its autostart off, or move the link, before it boots")],
        Timeline = new RunTimeline
        {
            Slot = TimeSpan.FromMilliseconds(400),
            SourceTrip = TimeSpan.FromMilliseconds(10),
            TargetTrip = TimeSpan.FromMilliseconds(12.5),
            SourceWatchedUntil = TimeSpan.FromMilliseconds(6800),
            Votes =
            [
                new TimelineVote { Node = NodeSide.Source, Slot = 4790, At = TimeSpan.FromMilliseconds(3200) },
                new TimelineVote { Node = NodeSide.Target, Slot = 4792, At = TimeSpan.FromMilliseconds(4012.5) },
            ],
        },
        OperatorActions = [LinkByHand],
        Notes = [new(NoteCodes.TowerMovedAside, "north", "The tower of north is now /mnt/ledger/tower.aside, so that no stale tower is used later.", ("path", "/mnt/ledger/tower.aside"))],
    };

    public static SwitchoverPlan Plan { get; } = new()
    {
        StakedIdentity = Identity,
        Source = "north",
        Target = "south",
        Preflight = Report,
        Steps = [new PlannedStep { StepCode = FailoverStep.DemoteSource, Node = "north", Command = "tachyon-validator -l /mnt/ledger set-identity /home/sol/unstaked.json" }],
        Locks = CallResult.Done(),
        Transfer = CallResult.NotDone(CallFailure.DiskFull, "No space left on device"),
        TransferTime = TimeSpan.FromMilliseconds(41),
    };

    public static PairDiagnosis Diagnosis { get; } = new()
    {
        StakedIdentity = Identity,
        State = PairState.NeitherVotes,
        Reason = "Neither node votes with the staked identity, and both have the same tower.",
        Action = RecoveryAction.KeepAtSource,
        IdentityAt = IdentityLocation.Neither,
        Source = new NodeDiagnosis
        {
            Name = "north",
            Condition = NodeCondition.Running,
            Identity = IdentityRole.Unstaked,
            Link = IdentityRole.Unstaked,
            Votes = false,
            LastVotedSlot = 4790,
            Tower = "Usable; last vote 4790.",
        },
        Target = new NodeDiagnosis { Name = "south", Condition = NodeCondition.NotRunning, Tower = "none." },
        LastLandedVote = 4789,
        Interrupted = [RunId.Parse("019ab000-0000-7000-8000-000000000001")],
        Notes = [new(NoteCodes.JournalUnread, node: null, "The journal could not be read: permission denied")],
        OperatorActions = [LinkByHand],
    };

    public static RecoveryResult Recovery { get; } = new()
    {
        RunId = RunId.Parse("019ab000-0000-7000-8000-000000000002"),
        StakedIdentity = Identity,
        StartedAt = StartedAt,
        Elapsed = TimeSpan.FromSeconds(11),
        Outcome = RecoveryOutcome.Recovered,
        IdentityAt = IdentityLocation.Source,
        Diagnosis = Diagnosis,
        Reason = null,
        Steps = [LinkNotMoved],
        OperatorActions = [LinkByHand],
        Notes = [],
    };
}
