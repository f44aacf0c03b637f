using FluentAssertions;
using Tachyon.Failover.Soak;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.Simulation.Votes;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>The sentences of validator.md, one by one.</summary>
public sealed class ValidatorModelTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void SetIdentity_IdleValidator_TakesUpToASecondAndThenWholeSeconds()
    {
        var run = new RehearsalRun(1);
        var spare = MemoryCluster.KeyOf("unstaked b");
        var firsts = Enumerable.Range(1, 60).Select(seed => Duration(new RehearsalRun((ulong)seed), spare)).ToList();
        firsts.Should().OnlyContain(took => took >= 0 && took <= 1003);
        firsts.Average().Should().BeInRange(350, 650);

        Duration(run, spare);
        run.Pause(3.25 * 1000);
        Duration(run, spare).Should().BeInRange(740, 765);
    }

    [Fact]
    public void SetIdentity_HotSpare_VotesNeverAndSavesNoTower()
    {
        var run = new RehearsalRun(2);

        run.TargetTowers.Files.Should().BeEmpty();
        run.Cluster.Chain.Votes.Should().NotContain(vote => vote.Node == "b");
    }

    [Fact]
    public void SetIdentity_ToUnstaked_StopsVotingAfterAtMostTwoVotes()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var run = new RehearsalRun(seed);
            run.Call(run.Source, MemoryCluster.KeyOf("unstaked a"), requireTower: false);
            var sent = run.Cluster.Chain.Votes.Count;
            run.Pause(5000);

            run.Source.AdoptedIdentity.Should().Be(MemoryCluster.KeyOf("unstaked a"));
            (run.Cluster.Chain.Votes.Count - sent).Should().BeLessThanOrEqualTo(2, "seed {0}", seed);
        }
    }

    [Fact]
    public void SetIdentity_WithoutTheVoter_SilentlyNeverVotesUntilItIsAdded()
    {
        var run = new RehearsalRun(3);
        run.Target.RemoveAllAuthorizedVoters();
        run.Sealed(0);
        run.Cluster.Chain.Votes.Should().NotContain(vote => vote.Node == "b");
        run.Target.Identity.Should().Be(run.Staked);

        run.Target.AddAuthorizedVoter(run.Staked).Should().BeTrue();
        run.Target.AddAuthorizedVoter(run.Staked).Should().BeFalse();
        run.Pause(900);

        run.Cluster.Chain.Votes.Where(vote => vote.Node == "b").Should().NotBeEmpty().And.OnlyContain(vote => vote.Error == null);
    }

    [Fact]
    public void RemoveAllAuthorizedVoters_VoterGone_NothingIsSavedMoreThan20MillisecondsLater()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var run = new RehearsalRun(seed);
            run.Source.RemoveAllAuthorizedVoters();
            run.Pause(21);
            var tower = run.TowerOf(run.SourceTowers);
            run.Pause(3000);

            run.TowerOf(run.SourceTowers).Should().BeSameAs(tower, "seed {0}", seed);
        }
    }

    [Fact]
    public void SetIdentity_RequiredTowerMissing_IsRefusedAtOnceAndChangesNothing()
    {
        var run = new RehearsalRun(4);
        string? error = null;
        run.Target.SetIdentity(run.Staked, requireTower: true, words => error = words);

        error.Should().Be($"Unable to load tower file for identity {run.Staked}: IO Error: No such file or directory (os error 2)");
        run.Target.Identity.Should().Be(MemoryCluster.KeyOf("unstaked b"));
    }

    [Fact]
    public void SetIdentity_TowerUnreadableAtTheSecondRead_EndsTheProcess()
    {
        var run = new RehearsalRun(5);
        run.Call(run.Target, run.Staked, requireTower: false);
        run.TargetTowers.Files[run.Staked] = SavedTower.Unreadable("io error: failed to fill whole buffer");
        run.Pause(1500);

        run.TargetExits.Should().Be(1);
    }

    [Fact]
    public void SetIdentity_TowerOfAnotherFork_EndsTheProcess()
    {
        var cluster = new MemoryCluster(new ChainOptions { Seed = 6, SkippedSlots = 0.3 });
        var towers = new MemoryTowerStore();
        var target = cluster.Start("b", MemoryCluster.KeyOf("unstaked b"), towers);
        var exits = 0;
        target.Exited = _ => exits++;
        cluster.Run(TimeSpan.FromSeconds(30));
        var skipped = Enumerable.Range(4801, 30).Select(slot => (ulong)slot).Where(slot => cluster.Chain.BankAt(slot) is null).ToList();

        // "Rooted on this ledger" is its reason: its votes below the root of the node are for slots without a block here.
        towers.Files[cluster.Identities.Staked] = SavedTower.Of(new VoteStack([new(skipped[^2], 2), new(skipped[^1], 1)], skipped[0]));
        var done = false;
        target.SetIdentity(cluster.Identities.Staked, requireTower: true, _ => done = true);
        cluster.RunUntil(() => done, Second * 2);
        cluster.Run(Second);

        exits.Should().Be(1);
    }

    [Fact]
    public void Promote_SourceStillVoting_OldOneExitsAndTheNewOneMostlyPanics()
    {
        var panics = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var run = new RehearsalRun(seed);
            run.TargetTowers.Files[run.Staked] = run.TowerOf(run.SourceTowers);
            run.Call(run.Target, run.Staked, requireTower: true);
            run.Pause(400);
            panics += run.TargetExits;
            run.Pause(3000);
            run.SourceExits.Should().Be(1, "seed {0}: of two with one identity the older contact info exits", seed);
        }

        panics.Should().BeGreaterThan(20);
    }

    [Fact]
    public void Restart_AfterTheOtherWasPromoted_DiesWhileItCatchesUp()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var run = new RehearsalRun(seed);
            run.Source.Kill();
            run.Pause(1000);
            run.TargetTowers.Files[run.Staked] = run.TowerOf(run.SourceTowers);
            run.Call(run.Target, run.Staked, requireTower: true);
            run.Pause(3000);
            var restarted = run.Cluster.Start("a", run.Staked, run.SourceTowers, startTime: Second);
            run.Pause(5000);

            restarted.HasExited.Should().BeTrue("seed {0}", seed);
            run.TargetExits.Should().Be(0, "seed {0}", seed);
            run.Conflicts.Should().Be(0, "the tower of a killed validator is final, seed {0}", seed);
        }
    }

    [Fact]
    public void Sealed_ManySeeds_SometimesMissesNoSlotAtAll() =>
        Enumerable.Range(1, 20).Select(seed =>
        {
            var run = new RehearsalRun((ulong)seed);
            run.Sealed(0);
            return run.Missed;
        }).Should().Contain(0);

    [Fact]
    public void Run_SameSeed_IsTheSameRun()
    {
        static string Trace()
        {
            var run = new RehearsalRun(7);
            run.Guide(TimeSpan.Zero);
            return string.Join(';', run.Cluster.Chain.Votes.Select(vote => $"{vote.Node} {vote.Slot} {vote.ArrivedAt.Ticks} {vote.Error} {vote.BlockSlot}"));
        }

        Trace().Should().Be(Trace());
    }

    [Fact]
    public void Chain_SkippedSlots_AreMissedByNobody()
    {
        var cluster = new MemoryCluster(new ChainOptions { Seed = 8, SkippedSlots = 0.2 });
        cluster.Start("a", cluster.Identities.Staked, new MemoryTowerStore());
        cluster.Run(TimeSpan.FromSeconds(40));

        var report = Tachyon.Failover.Testing.Simulation.Judge.ChainJudge.Report(cluster.Chain, 4810);
        report.Slots.Should().Contain(slot => !slot.HasBlock);
        report.MissedSlots.Should().Be(0);
        report.RefusedVotes.Should().Be(0);
    }

    private static double Duration(RehearsalRun run, Pubkey identity)
    {
        var before = run.Cluster.Events.Now;
        run.Call(run.Target, identity, requireTower: false);
        return (run.Cluster.Events.Now - before).TotalMilliseconds;
    }
}
