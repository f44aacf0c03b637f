using FluentAssertions;
using Tachyon.Failover.Soak;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>A node that is cut off from the cluster, and comes back.</summary>
public sealed class CutOffValidatorTests
{
    [Fact]
    public void CutOff_StakedValidator_HearsNothingAndIsNotHeard()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var scene = new VoterScene(new ChainOptions { Seed = seed });
            scene.Run(5);
            scene.Validator.IsCutOff = true;
            scene.Run(0.05);
            var (sent, newest) = (scene.Chain.Votes.Count, scene.Validator.Newest!.Slot);
            scene.Run(10);

            scene.Chain.Votes.Should().HaveCount(sent, "seed {0}", seed);
            scene.Validator.Newest.Slot.Should().Be(newest, "seed {0}", seed);
            scene.Chain.BanksFrom(4814).Where(bank => bank.Slot < scene.Chain.Newest.Slot).Should()
                .OnlyContain(bank => !scene.Chain.Schedule.IsStaked(bank.Slot), "blocks of a node that is cut off reach no other node, seed {0}", seed);
        }
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1.2)]
    [InlineData(4)]
    [InlineData(15)]
    public void CutOff_ComesBack_ReplaysWhatItMissedAndVotesAgain(double seconds)
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var scene = new VoterScene(new ChainOptions { Seed = seed, Forks = 0.1, SkippedSlots = 0.05, LeaderShare = 0 });
            scene.Run(5 + (seed * 0.013));
            scene.Validator.IsCutOff = true;
            scene.Run(seconds);
            scene.Validator.IsCutOff = false;
            scene.Run(8);

            scene.Exits.Should().BeEmpty();
            scene.Validator.Newest!.Slot.Should().BeGreaterThanOrEqualTo(scene.Chain.Tip.Slot - 3, "seed {0}", seed);
            scene.Chain.Newest.VoteAccount.LastSlot.Should().BeGreaterThan(scene.Chain.Newest.Slot - 10, "seed {0}", seed);
            scene.Chain.Votes.Should().OnlyContain(vote => vote.Error == null, "seed {0}", seed);
            scene.BrokenLockouts().Should().BeEmpty("seed {0}", seed);
            scene.Voted.Should().BeInAscendingOrder("seed {0}", seed);
        }
    }

    [Fact]
    public void CutOff_OtherWasPromotedMeanwhile_ExitsWhenItComesBackAndSpoilsNothing()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var run = new RehearsalRun(seed);
            run.Source.IsCutOff = true;
            run.Pause(1000);
            run.TargetTowers.Files[run.Staked] = run.TowerOf(run.SourceTowers);
            run.Call(run.Target, run.Staked, requireTower: true);
            run.Pause(8000);
            run.SourceExits.Should().Be(0, "it does not know, seed {0}", seed);
            run.Source.IsCutOff = false;
            run.Pause(1300);

            run.SourceExits.Should().Be(1, "seed {0}", seed);
            run.Settle();
            run.TargetExits.Should().Be(0, "seed {0}", seed);
            run.Cluster.Chain.Votes.Where(vote => vote.Node == "b").Should().OnlyContain(vote => vote.Error == null, "seed {0}", seed);
        }
    }

    [Fact]
    public void CutOff_TookTheIdentityMeanwhile_IsNoticedWhenItComesBack()
    {
        var run = new RehearsalRun(1);
        run.Target.IsCutOff = true;
        run.TargetTowers.Files[run.Staked] = run.TowerOf(run.SourceTowers);
        run.Call(run.Target, run.Staked, requireTower: true);
        run.Pause(5000);
        run.SourceExits.Should().Be(0, "gossip of a node that is cut off reaches no other node");
        run.Cluster.Chain.Votes.Should().NotContain(vote => vote.Node == "b");

        run.Target.IsCutOff = false;
        run.Pause(2600);

        run.SourceExits.Should().Be(1, "of two with one identity the older contact info exits");
    }

    [Fact]
    public void CutOff_SetUnstakedMeanwhile_ComesBackAsASpare()
    {
        var run = new RehearsalRun(2);
        run.Source.IsCutOff = true;
        run.Pause(1000);
        run.Call(run.Source, MemoryCluster.KeyOf("unstaked a"), requireTower: false);
        run.TargetTowers.Files[run.Staked] = run.TowerOf(run.SourceTowers);
        run.Call(run.Target, run.Staked, requireTower: true);
        run.Pause(5000);
        run.Source.IsCutOff = false;
        run.Settle();

        (run.SourceExits + run.TargetExits).Should().Be(0);
        run.Source.AdoptedIdentity.Should().Be(MemoryCluster.KeyOf("unstaked a"));
        run.Cluster.Chain.Votes.Where(vote => vote.Node == "b").Should().HaveCountGreaterThan(30).And.OnlyContain(vote => vote.Error == null);
    }
}
