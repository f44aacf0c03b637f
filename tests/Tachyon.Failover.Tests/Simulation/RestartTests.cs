using FluentAssertions;
using Tachyon.Failover.Soak;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Validator;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>A process that was killed and restarts from its disk.</summary>
public sealed class RestartTests
{
    [Fact]
    public void Start_KilledAgainAndAgain_GoesOnWithItsTower()
    {
        for (ulong seed = 1; seed <= 25; seed++)
        {
            var scene = new VoterScene(new ChainOptions { Seed = seed, Forks = 0.1, SkippedSlots = 0.05 });
            for (var restart = 0; restart < 8; restart++)
            {
                scene.Run(3 + (seed * 0.017));
                scene.Validator.Kill();
                scene.Run(restart * 0.7);
                scene.Start(TimeSpan.FromSeconds(restart * 0.5));
            }

            scene.Run(12);

            scene.Exits.Should().BeEmpty("seed {0}", seed);
            scene.BrokenLockouts().Should().BeEmpty("seed {0}", seed);
            scene.Voted.Should().BeInAscendingOrder("seed {0}", seed);
            scene.Chain.Votes.Should().OnlyContain(vote => vote.Error == null, "seed {0}", seed);
            scene.Chain.Newest.VoteAccount.LastSlot.Should().BeGreaterThan(scene.Chain.Newest.Slot - 10, "seed {0}", seed);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(30)]
    public void Start_LastVoteWasForAnOrphan_WaitsForItsLockoutAndVotes(double secondsDown)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var scene = new VoterScene(new ChainOptions { Seed = seed, Forks = 0.05 });
            scene.SavedNow = stack =>
            {
                if (scene.Chain.IsOrphan(stack.LastSlot!.Value))
                {
                    scene.SavedNow = null;
                    scene.Validator.Kill();
                }
            };
            scene.Cluster.RunUntil(() => scene.SavedNow is null, TimeSpan.FromSeconds(200));
            var orphan = scene.Voted[^1];
            scene.Run(secondsDown);
            scene.Start(TimeSpan.FromSeconds(0.5));
            scene.Run(15);

            scene.Exits.Should().BeEmpty("seed {0}", seed);
            scene.Voted.Should().Contain(slot => slot > orphan, "seed {0}", seed);
            scene.BrokenLockouts().Should().BeEmpty("seed {0}", seed);
            scene.Chain.Votes.Should().OnlyContain(vote => vote.Error == null, "seed {0}", seed);
        }
    }

    [Fact]
    public void Start_ForkHasDiedMeanwhile_VotesForTheForkThatWentOn()
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var scene = new VoterScene(new ChainOptions { Seed = seed, Forks = 0.05 });
            scene.Run(2);
            scene.Validator.Kill();
            scene.Cluster.RunUntil(() => scene.Chain.Tip.IsOrphan, TimeSpan.FromSeconds(200));
            var orphan = scene.Chain.Tip.Slot;
            scene.Cluster.RunUntil(() => !scene.Chain.Tip.IsOrphan, TimeSpan.FromSeconds(10));
            var before = scene.Voted.Count;
            scene.Start(TimeSpan.Zero);
            scene.Run(1);

            scene.Voted.Skip(before).Should().NotContain(slot => scene.Chain.IsOrphan(slot) && slot <= orphan, "the blocks that are there show which fork continued, seed {0}", seed);
            scene.Voted[^1].Should().BeGreaterThan(orphan, "seed {0}", seed);
        }
    }

    [Fact]
    public void OnBank_ParentUnknown_IsNotReplayed()
    {
        var scene = new VoterScene(new ChainOptions());
        scene.Run(5);
        var newest = scene.Validator.Newest!;
        scene.Validator.OnBank(newest with { Slot = newest.Slot + 2, ParentSlot = newest.Slot + 1 });
        scene.Run(0.02);

        scene.Validator.Newest.Should().BeSameAs(newest);
    }

    [Fact]
    public void SetIdentity_TowerEndsWithAnOrphan_IsTakenAndItsLockoutKept()
    {
        var waited = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var run = new RehearsalRun(seed, new ChainOptions { Forks = 0.05 });
            run.Cluster.RunUntil(() => run.TowerOf(run.SourceTowers).Stack is { } stack && run.Cluster.Chain.IsOrphan(stack.LastSlot!.Value), TimeSpan.FromSeconds(200));
            var orphan = run.TowerOf(run.SourceTowers).Stack!;
            run.Source.Kill();
            run.TargetTowers.Files[run.Staked] = run.TowerOf(run.SourceTowers);
            run.Call(run.Target, run.Staked, requireTower: true);
            run.Settle();

            run.TargetExits.Should().Be(0, "seed {0}", seed);
            var first = run.Cluster.Chain.Votes.First(vote => vote.Node == "b");
            run.Cluster.Chain.Votes.Where(vote => vote.Node == "b").Should().OnlyContain(vote => vote.Error == null, "seed {0}", seed);
            waited += run.Cluster.Chain.IsOnMainFork(first.Slot) ? 1 : 0;
            (first.Slot > orphan.LastSlot + 2 || run.Cluster.Chain.IsOrphan(first.Slot)).Should().BeTrue("seed {0}", seed);
        }

        waited.Should().BeGreaterThan(20);
    }

    [Fact]
    public void Start_TowerTorn_MakesANewOneFromTheVoteAccount()
    {
        var scene = new VoterScene(new ChainOptions());
        scene.Run(5);
        scene.Validator.Kill();
        scene.Towers.Files[scene.Staked] = SavedTower.Unreadable("io error: failed to fill whole buffer");
        scene.Run(2);
        scene.Start(TimeSpan.FromSeconds(1));
        scene.Run(10);

        scene.Exits.Should().BeEmpty("it was not told to require its tower");
        scene.Chain.Newest.VoteAccount.LastSlot.Should().BeGreaterThan(scene.Chain.Newest.Slot - 3);
    }

    [Fact]
    public void Start_TowerRequiredButTorn_Exits()
    {
        var scene = new VoterScene(new ChainOptions());
        scene.Run(5);
        scene.Validator.Kill();
        scene.Towers.Files[scene.Staked] = SavedTower.Unreadable("io error: failed to fill whole buffer");
        var options = new ValidatorOptions
        {
            Node = "a",
            Seed = 1,
            Identity = scene.Staked,
            VoteAccountNode = scene.Staked,
            AuthorizedVoter = scene.Staked,
            Voters = [scene.Staked],
            RequireTower = true,
        };
        var exits = new List<string>();
        var validator = new ValidatorModel(options, scene.Cluster.Events, scene.Towers, new MemoryLink("a", scene.Cluster)) { Exited = exits.Add };
        validator.Start([.. scene.Chain.BanksFrom(scene.Chain.FirstSlot)]);
        var voted = scene.Voted.Count;
        scene.Run(5);

        exits.Should().ContainSingle().Which.Should().StartWith("Requested mandatory tower restore failed");
        scene.Voted.Should().HaveCount(voted);
    }
}
