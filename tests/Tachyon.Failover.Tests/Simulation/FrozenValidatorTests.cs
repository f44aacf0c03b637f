using FluentAssertions;
using Tachyon.Failover.Soak;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>A process that is stopped (SIGSTOP) and continues later: validator.md, "When the source comes back after a takeover".</summary>
public sealed class FrozenValidatorTests
{
    [Fact]
    public void Freeze_StakedValidator_DoesNothingAndAnswersNothing()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var run = new RehearsalRun(seed);
            run.Source.Freeze();
            var tower = run.TowerOf(run.SourceTowers);
            run.Pause(20);
            var sent = run.Cluster.Chain.Votes.Count;
            var answered = false;
            run.Source.SetIdentity(MemoryCluster.KeyOf("unstaked a"), requireTower: false, _ => answered = true);
            run.Pause(10_000);

            run.TowerOf(run.SourceTowers).Should().BeSameAs(tower, "seed {0}", seed);
            run.Cluster.Chain.Votes.Should().HaveCount(sent, "seed {0}", seed);
            answered.Should().BeFalse();

            run.Source.Thaw();
            run.Pause(1100);
            answered.Should().BeTrue("a stopped process executes its calls when it continues, seed {0}", seed);
        }
    }

    [Fact]
    public void Thaw_AfterTheOtherWasPromoted_ExitsWithinASecondOrSoAndSpoilsNothing()
    {
        var saves = new List<int>();
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var run = new RehearsalRun(seed);
            var saved = 0;
            run.Source.Freeze();
            run.Pause(3000);
            run.TargetTowers.Files[run.Staked] = run.TowerOf(run.SourceTowers);
            run.Call(run.Target, run.Staked, requireTower: true);
            run.Pause(6000);
            run.SourceTowers.Saved = (_, _) => saved++;
            run.Source.Thaw();
            run.Pause(550);
            run.SourceExits.Should().Be(0, "seed {0}", seed);
            run.Pause(700);
            run.SourceExits.Should().Be(1, "seed {0}", seed);
            run.Settle();

            run.TargetExits.Should().Be(0, "seed {0}", seed);
            run.Cluster.Chain.Votes.Where(vote => vote.Node == "b").Should().OnlyContain(vote => vote.Error == null, "seed {0}", seed);
            saves.Add(saved);
        }

        saves.Max().Should().BeInRange(1, 2);
    }

    [Fact]
    public void Thaw_NobodyElseVoted_CatchesUpAndVotesAgain()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var scene = new VoterScene(new ChainOptions { Seed = seed, Forks = 0.1, SkippedSlots = 0.1 });
            scene.Run(5);
            scene.Validator.Freeze();
            scene.Run(1.6 + (seed * 0.25));
            scene.Validator.Thaw();
            scene.Run(10);

            scene.Exits.Should().BeEmpty();
            scene.Validator.Newest!.Slot.Should().BeGreaterThanOrEqualTo(scene.Chain.Tip.Slot - 3, "seed {0}", seed);
            scene.Chain.Newest.VoteAccount.LastSlot.Should().BeGreaterThan(scene.Chain.Newest.Slot - 10, "seed {0}", seed);
            scene.BrokenLockouts().Should().BeEmpty("seed {0}", seed);
            scene.Voted.Should().BeInAscendingOrder("seed {0}", seed);
        }
    }

    [Fact]
    public void Thaw_AfterLessThanASlotOrTwo_GoesOnAsIfNothingHadBeen()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var scene = new VoterScene(new ChainOptions { Seed = seed, LeaderShare = 0 });
            scene.Run(5);
            scene.Validator.Freeze();
            scene.Run(0.9);
            scene.Validator.Thaw();
            scene.Run(0.02);
            scene.Validator.Newest!.Slot.Should().Be(scene.Chain.Newest.Slot, "what is there at once is replayed in its order, seed {0}", seed);
            scene.Run(0.08);

            scene.Voted[^1].Should().BeGreaterThanOrEqualTo(scene.Chain.Newest.Slot - 1, "seed {0}", seed);
            scene.Voted.Should().BeInAscendingOrder("seed {0}", seed);
        }
    }

    [Fact]
    public void Kill_FrozenValidator_NeverDoesAnythingAgain()
    {
        var scene = new VoterScene(new ChainOptions());
        scene.Run(5);
        scene.Validator.Freeze();
        var voted = scene.Voted.Count;
        scene.Run(2);
        scene.Validator.Kill();
        scene.Validator.Thaw();
        scene.Run(5);

        scene.Voted.Should().HaveCount(voted);
        scene.Exits.Should().BeEmpty();
    }

    [Fact]
    public void WhenAwake_FrozenValidator_WaitsAndNeverComesToOneThatIsGone()
    {
        var scene = new VoterScene(new ChainOptions());
        scene.Run(5);
        scene.Validator.Freeze();
        scene.Validator.WhenAwake(() => scene.Validator.RemoveAllAuthorizedVoters());
        var voted = scene.Voted.Count;
        scene.Run(1);
        scene.Validator.Thaw();
        scene.Run(3);
        scene.Voted.Count.Should().BeInRange(voted, voted + 1, "a vote that was generated before may still be saved");

        var called = false;
        scene.Validator.Kill();
        scene.Validator.WhenAwake(() => called = true);
        called.Should().BeFalse();
    }

    [Fact]
    public void Thaw_FrozenWhileItStarted_VotesWithItsTowerOnly()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var scene = new VoterScene(new ChainOptions { Seed = seed });
            scene.Run(5);
            scene.Validator.Kill();
            scene.Start(TimeSpan.FromSeconds(6));
            scene.Run(0.5);
            scene.Validator.Freeze();
            scene.Run(3);
            scene.Validator.Thaw();
            var voted = scene.Voted.Count;
            scene.Run(2.3);
            scene.Voted.Should().HaveCount(voted, "it has not caught up, seed {0}", seed);

            scene.Run(10);
            scene.Voted.Count.Should().BeGreaterThan(voted + 10, "seed {0}", seed);
            scene.BrokenLockouts().Should().BeEmpty("seed {0}", seed);
            scene.Chain.Votes.Should().OnlyContain(vote => vote.Error == null, "seed {0}", seed);
        }
    }
}
