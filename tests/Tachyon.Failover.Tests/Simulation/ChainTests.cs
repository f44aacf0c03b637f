using FluentAssertions;
using Tachyon.Failover.Soak;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Votes;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>Votes that land late, twice or never, and slots without a block.</summary>
public sealed class ChainTests
{
    [Fact]
    public void Votes_Twice_AreRefusedInTheNextBlockAndHarmNothing()
    {
        var scene = new VoterScene(new ChainOptions { Seed = 1, TwiceVotes = 0.2, SkippedSlots = 0.1 });
        scene.Run(100);

        var repeats = scene.Chain.Votes.Where(vote => vote.IsRepeat && vote.BlockSlot is not null).ToList();
        repeats.Count.Should().BeInRange(25, 75);
        foreach (var repeat in repeats)
        {
            var first = scene.Chain.Votes.Single(vote => vote.Slot == repeat.Slot && !vote.IsRepeat);
            first.Landed.Should().BeTrue();
            repeat.Error.Should().Be(VoteError.VoteTooOld);
            repeat.SignedAt.Should().Be(first.SignedAt);
            scene.Chain.BankAt(repeat.BlockSlot!.Value)!.ParentSlot.Should().Be(first.BlockSlot);
        }

        scene.Chain.Votes.Where(vote => !vote.IsRepeat).Should().OnlyContain(vote => vote.Error == null);
        scene.Chain.Votes.Select(vote => vote.ArrivedAt).Should().BeInAscendingOrder();
    }

    [Fact]
    public void Votes_Late_LandABlockLaterOrGiveWayToTheNext()
    {
        var kind = Landed(new ChainOptions { Seed = 2, LeaderShare = 0 });
        var late = Landed(new ChainOptions { Seed = 2, LeaderShare = 0, LateVotes = 0.3 });

        kind.Should().OnlyContain(vote => vote.BlockSlot == vote.Slot + 1);
        late.Count(vote => vote.BlockSlot == vote.Slot + 2).Should().BeGreaterThan(5);
        late.Should().OnlyContain(vote => vote.BlockSlot <= vote.Slot + 2);
        late.Count.Should().BeInRange(kind.Count / 2, kind.Count * 9 / 10, "of an account a leader keeps the newest vote only");
    }

    [Fact]
    public void Votes_Lost_AreInNoBlock()
    {
        var scene = new VoterScene(new ChainOptions { Seed = 3, LostVotes = 0.3 });
        scene.Run(100);

        ((double)scene.Chain.Votes.Count(vote => vote.BlockSlot is null) / scene.Chain.Votes.Count).Should().BeInRange(0.15, 0.35);
        scene.Chain.Votes.Should().OnlyContain(vote => vote.Error == null, "a stack carries the lost ones too");
    }

    [Fact]
    public void Slot_OfAStakedLeaderThatIsAway_HasNoBlock()
    {
        var scene = new VoterScene(new ChainOptions { Seed = 4, LeaderShare = 0.5 });
        scene.Run(10);
        scene.Validator.Freeze();
        var frozen = scene.Cluster.Events.Now;
        scene.Run(20);
        scene.Validator.Thaw();
        var thawed = scene.Cluster.Events.Now;
        scene.Run(20);

        for (var slot = 4800UL; slot < scene.Chain.Newest.Slot; slot++)
        {
            var away = scene.Chain.EndOf(slot) > frozen && scene.Chain.EndOf(slot) <= thawed;
            (scene.Chain.BankAt(slot) is not null).Should().Be(!away || !scene.Chain.Schedule.IsStaked(slot), "slot {0}", slot);
        }
    }

    [Fact]
    public void SignedAt_EveryVote_IsWhenItsTowerWasSaved()
    {
        var heldUp = 0;
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var run = new RehearsalRun(seed);
            var signed = new Dictionary<ulong, DateTimeOffset>();
            run.SourceTowers.Saved = (_, stack) => signed[stack.LastSlot!.Value] = run.Cluster.Events.Now;
            run.Call(run.Source, MemoryCluster.KeyOf("unstaked a"), requireTower: false);
            run.Pause(2000);

            foreach (var vote in run.Cluster.Chain.Votes.Where(vote => signed.ContainsKey(vote.Slot)))
            {
                vote.SignedAt.Should().Be(signed[vote.Slot]);
                heldUp += vote.ArrivedAt - vote.SignedAt > TimeSpan.FromMilliseconds(50) ? 1 : 0;
            }
        }

        heldUp.Should().BeGreaterThan(3, "a vote that was held back is sent later than it is signed");
    }

    private static List<SentVote> Landed(ChainOptions options)
    {
        var scene = new VoterScene(options);
        scene.Run(60);
        return [.. scene.Chain.Votes.Where(vote => vote.Landed && vote.Slot > 4801)];
    }
}
