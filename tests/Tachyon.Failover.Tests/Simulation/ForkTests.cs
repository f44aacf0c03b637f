using FluentAssertions;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Judge;
using Tachyon.Failover.Testing.Simulation.Votes;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>Orphaned blocks, and a validator that voted for one.</summary>
public sealed class ForkTests
{
    [Fact]
    public void Chain_Forks_OrphanOneOrTwoBlocksAndGoOnFromTheBlockBefore()
    {
        var scene = new VoterScene(new ChainOptions { Seed = 1, Forks = 0.15 });
        scene.Run(120);

        var lengths = new HashSet<int>();
        var main = scene.Chain.BankAt(4790)!;
        var branch = new List<Bank>();
        foreach (var bank in scene.Chain.BanksFrom(4791))
        {
            if (bank.IsOrphan)
            {
                bank.ParentSlot.Should().Be(branch.Count > 0 ? branch[^1].Slot : main.Slot);
                branch.Add(bank);
                continue;
            }

            bank.ParentSlot.Should().Be(main.Slot, "the main fork continues from its own newest block");
            bank.Height.Should().Be(main.Height + 1);
            lengths.Add(branch.Count);
            branch.Clear();
            main = bank;
        }

        lengths.Should().BeEquivalentTo([0, 1, 2]);
        main.Root.Should().BeGreaterThan(4791 + 150, "the big node continues to vote and to root");
    }

    [Fact]
    public void Chain_ForksAndSkippedSlots_EverySlotIsOnTheMainForkOrAnOrphanOrEmpty()
    {
        var scene = new VoterScene(new ChainOptions { Seed = 2, Forks = 0.1, SkippedSlots = 0.2 });
        scene.Run(120);

        var slots = Enumerable.Range(4800, 290).Select(slot => (ulong)slot).ToList();
        slots.Should().OnlyContain(slot => !(scene.Chain.IsOrphan(slot) && scene.Chain.IsOnMainFork(slot)));
        slots.Count(scene.Chain.IsOrphan).Should().BeInRange(20, 60);
        slots.Count(slot => scene.AnyBankAt(slot) is null).Should().BeInRange(35, 80);

        // A slot without a block on the main fork cannot be missed.
        ChainJudge.Report(scene.Chain, 4810).Slots.Where(slot => scene.Chain.IsOrphan(slot.Slot)).Should().OnlyContain(slot => !slot.HasBlock);
    }

    [Fact]
    public void Vote_ForAnOrphan_IsSavedAndNeitherLandsNorIsRefused()
    {
        var scene = new VoterScene(new ChainOptions { Seed = 3, Forks = 0.1 });
        scene.Run(120);

        var orphans = scene.Chain.Votes.Where(vote => scene.Chain.IsOrphan(vote.Slot)).ToList();
        orphans.Should().HaveCountGreaterThan(15).And.OnlyContain(vote => vote.BlockSlot == null && vote.Error == null);
        orphans.Should().OnlyContain(vote => scene.Saved.Any(stack => stack.LastSlot == vote.Slot));
        scene.Chain.Votes.Should().OnlyContain(vote => vote.Error == null);
        scene.Exits.Should().BeEmpty();

        // The first of two orphaned slots: its vote is in the second.
        scene.Chain.BanksFrom(4800).Should().Contain(bank => bank.IsOrphan && bank.VoteAccount.LastSlot == bank.Slot - 1 && scene.Chain.IsOrphan(bank.Slot - 1));
    }

    [Fact]
    public void Vote_AfterOneOrphan_WaitsUntilItsLockoutHasRunOut()
    {
        var scene = new VoterScene(new ChainOptions { Seed = 4, Forks = 0.03 });
        scene.Run(400);

        var seen = 0;
        foreach (var (slot, next) in scene.Voted.Zip(scene.Voted.Skip(1)))
        {
            if (scene.Chain.IsOrphan(slot) && !scene.Chain.IsOrphan(slot - 1) && !Enumerable.Range(1, 3).Any(after => scene.Chain.IsOrphan(slot + (ulong)after)))
            {
                // One confirmation locks out slot + 1 and slot + 2.
                next.Should().Be(slot + 3);
                seen++;
            }
        }

        seen.Should().BeGreaterThan(3);
    }

    [Fact]
    public void Vote_AfterTwoOrphans_WaitsForTheLockoutOfTheFirst()
    {
        var scene = new VoterScene(new ChainOptions { Seed = 5, Forks = 0.03 });
        scene.Run(400);

        var seen = 0;
        var voted = scene.Voted;
        for (var i = 1; i < voted.Count - 1; i++)
        {
            if (scene.Chain.IsOrphan(voted[i]) && voted[i - 1] == voted[i] - 1 && scene.Chain.IsOrphan(voted[i - 1])
                && !Enumerable.Range(1, 4).Any(after => scene.Chain.IsOrphan(voted[i] + (ulong)after)))
            {
                // The first has two confirmations: it locks out four slots.
                voted[i + 1].Should().Be(voted[i - 1] + 5);
                seen++;
            }
        }

        seen.Should().BeGreaterThan(3);
    }

    [Fact]
    public void Vote_OrphanBelowANewerVote_IsRefusedOnTheMainFork()
    {
        var scene = new VoterScene(new ChainOptions { Seed = 6, Forks = 0.1 });
        scene.Cluster.RunUntil(() => scene.Chain.Votes.Any(vote => scene.Chain.IsOrphan(vote.Slot)), TimeSpan.FromSeconds(60));
        var orphan = scene.Chain.Votes[^1];
        scene.Validator.Kill();
        scene.Cluster.RunUntil(() => scene.Chain.Newest.Slot > orphan.Slot, TimeSpan.FromSeconds(5));

        var newest = scene.Chain.Newest.Slot;
        scene.Chain.Receive("a", scene.Staked, new VoteStack(orphan.Stack.Votes.Add(new(newest, 1)), orphan.Stack.Root), scene.Cluster.Events.Now);
        scene.Run(3);

        scene.Chain.Votes[^1].Error.Should().Be(VoteError.SlotsMismatch);
    }

    [Fact]
    public void Votes_ManySeedsOfForks_KeepEveryLockout()
    {
        var orphans = 0;
        for (ulong seed = 1; seed <= 80; seed++)
        {
            var scene = new VoterScene(new ChainOptions { Seed = seed, Forks = 0.15, SkippedSlots = 0.1, LateVotes = 0.1, LostVotes = 0.05, TwiceVotes = 0.05 });
            scene.Run(60);

            scene.BrokenLockouts().Should().BeEmpty("seed {0}", seed);
            scene.Chain.Votes.Where(vote => !vote.IsRepeat).Should().OnlyContain(vote => vote.Error == null, "seed {0}", seed);
            scene.Exits.Should().BeEmpty("seed {0}", seed);
            orphans += scene.Voted.Count(scene.Chain.IsOrphan);
        }

        orphans.Should().BeGreaterThan(500, "votes for orphans are what this is about");
    }

    [Fact]
    public void Orphan_LateForANode_IsNotVotedFor()
    {
        var scene = new VoterScene(new ChainOptions { Seed = 7, Forks = 0.1 });
        scene.Run(200);

        var orphans = scene.Chain.BanksFrom(4802).Where(bank => bank.IsOrphan).Select(bank => bank.Slot).ToList();
        var unseen = orphans.Where(slot => !scene.Voted.Contains(slot)).ToList();
        ((double)unseen.Count / orphans.Count).Should().BeInRange(0.1, 0.6);
    }
}
