using FluentAssertions;
using Tachyon.Failover.Soak;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Judge;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>A run across an epoch's end.</summary>
public sealed class EpochTests
{
    private static readonly ChainOptions AtTheEnd = new() { Seed = 1, SlotsPerEpoch = 4000, StartSlot = 3990, LeaderShare = 0.3 };

    [Fact]
    public void Chain_EpochEnds_VotesAndCreditsGoOn()
    {
        var scene = new VoterScene(AtTheEnd);
        scene.Run(60);

        var before = scene.Chain.BankAt(3999)!.VoteAccount;
        var after = scene.Chain.Newest.VoteAccount;
        before.Credits.Select(credits => credits.Epoch).Should().Equal(0UL);
        after.Credits.Select(credits => credits.Epoch).Should().Equal(0UL, 1UL);
        after.Credits[0].Should().Be(before.Credits[0], "an epoch that is over earns nothing more");
        after.Credits[1].Previous.Should().Be(before.TotalCredits);

        // A vote is rooted in every slot, each with full credits.
        (after.TotalCredits - before.TotalCredits).Should().Be((after.Root!.Value - before.Root!.Value) * 16);
        ChainJudge.Report(scene.Chain, 3992).Should().Match<Testing.StandIns.ChainReport>(report => report.MissedSlots == 0 && report.RefusedVotes == 0);
    }

    [Fact]
    public void LeaderSchedule_NextEpoch_IsDrawnAnewAndKept()
    {
        var scene = new VoterScene(AtTheEnd);
        var next = scene.Chain.Schedule.SlotsOf(staked: true, epoch: 1).ToList();
        next.Should().NotEqual(scene.Chain.Schedule.SlotsOf(staked: true, epoch: 0));

        scene.Run(60);
        foreach (var bank in scene.Chain.BanksFrom(3995))
        {
            var slot = bank.Slot + 1;
            var staked = slot < 4000 ? scene.Chain.Schedule.IsStaked(slot) : next.Contains(slot - 4000);
            bank.NextLeader.Should().Be(staked ? scene.Staked : scene.Cluster.Identities.Big, "slot {0}", slot);
        }
    }

    [Fact]
    public void Sealed_AcrossTheEpochsEnd_IsLikeAnyOther()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            // The script begins 3 to 5 s after the start.
            var run = new RehearsalRun(seed, AtTheEnd);
            run.Sealed(50);

            run.Conflicts.Should().Be(0, "seed {0}", seed);
            run.Cluster.Chain.Votes.Where(vote => vote.Node == "b").Min(vote => vote.Slot).Should().BeInRange(3997, 4010, "seed {0}", seed);
            run.Cluster.Chain.Newest.VoteAccount.Credits.Should().HaveCount(2, "seed {0}", seed);
        }
    }
}
