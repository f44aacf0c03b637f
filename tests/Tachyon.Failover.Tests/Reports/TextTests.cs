using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.Tests.Reports;

/// <summary>What a person reads.</summary>
public sealed class TextTests
{
    [Fact]
    public void ToString_OfASwitchover_SaysWhereTheIdentityIsFirst() => Lines(Examples.Result).Should().Equal(
        "Completed. The staked identity is at south (the target).",
        "Switchover 019ab000-0000-7000-8000-000000000001 of AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq, north to south, began 2026-11-23 14:05:09 UTC and took 7.3 s.",
        "Reason: MoveTargetLink: not done (DiskFull): No space left on device",
        "Gap: votes for slot 4790 and then 4792: 1 missed slot, 813 ms, refused votes: 0",
        "Evidence: Observed: its shell does not answer; none of its ports answers",
        "Pending on north: its identity link was not seen to be moved. If its validator starts through it, the one on south exits within seconds, and no node votes: switch its autostart off, or move the link, before it boots",
        "Note: The tower of north is now /mnt/ledger/tower.aside, so that no stale tower is used later.",
        "To do on south: ln -sfn /home/sol/staked.json /home/sol/identity.json    # its identity link was not moved: after a restart it would run the unstaked identity");

    [Fact]
    public void ToString_OfADryRun_SaysWhetherItWouldBegin() => Lines(Examples.Plan).Should().Equal(
        "A switchover would be refused: the staked identity AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq, from north to south.",
        "Preflight: clear: 1 info",
        "code   severity  node  finding",
        "TF123  info            20 ms to south",
        "                       expected: less than a slot",
        "Locks: done",
        "Tower to a temporary name on south: not done (DiskFull): No space left on device in 41 ms",
        " 5 DemoteSource on north: tachyon-validator -l /mnt/ledger set-identity /home/sol/unstaked.json");

    [Fact]
    public void ToString_OfADiagnosis_SaysWhatARecoveryWouldDo() => Lines(Examples.Diagnosis).Should().Equal(
        "NeitherVotes: Neither node votes with the staked identity, and both have the same tower. A recovery would keep the identity at north (the source).",
        "north runs the unstaked identity; it does not vote; its link names the unstaked keypair; its tower: Usable; last vote 4790.",
        "south does not run; unknown whether it votes; its link names neither keypair, or could not be read; its tower: none.",
        "Interrupted: 019ab000-0000-7000-8000-000000000001",
        "Note: The journal could not be read: permission denied",
        "By hand on south: ln -sfn /home/sol/staked.json /home/sol/identity.json    # its identity link was not moved: after a restart it would run the unstaked identity");

    [Fact]
    public void ToString_OfARecovery_SaysWhatWasFound() => Lines(Examples.Recovery).Should().Equal(
        "Recovered. The staked identity is at north (the source).",
        "Recovery 019ab000-0000-7000-8000-000000000002 of AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq on north and south, began 2026-11-23 14:05:09 UTC and took 11 s.",
        "Found: NeitherVotes: Neither node votes with the staked identity, and both have the same tower.",
        "Interrupted: 019ab000-0000-7000-8000-000000000001",
        "To do on south: ln -sfn /home/sol/staked.json /home/sol/identity.json    # its identity link was not moved: after a restart it would run the unstaked identity");

    [Fact]
    public void ToString_APendingDemotionThatNamesNoNode_NamesNone()
    {
        FailoverNote[] pending = [new(NoteCodes.PendingUnknown, node: null, "the journal could not be read")];

        Lines(Examples.Recovery.With(it => it.PendingDemotions = pending)).Should().Contain("Pending: the journal could not be read");
        Lines(Examples.Result.With(it => it.PendingDemotions = pending)).Should().Contain("Pending: the journal could not be read");
    }

    [Fact]
    public void ToString_OfAStep_IsALine() =>
        Examples.Result.Steps.Select(step => step.ToString()).Should().Equal("Preflight: done (412 ms)", "MoveTargetLink on south: not done (DiskFull): No space left on device (12 ms)");

    [Fact]
    public void ToString_HostSaidSeveralLines_IsOneLineEach() =>
        Lines(Examples.Result.With(it => { it.Reason = "Seal: unknown (Unrecognized): one\ntwo"; it.Notes = [Examples.Note("three\r\nfour")]; })).Should().Contain(["Reason: Seal: unknown (Unrecognized): one two", "Note: three four"]);

    private static string[] Lines(object result) => result.ToString()!.Split(Environment.NewLine);
}
