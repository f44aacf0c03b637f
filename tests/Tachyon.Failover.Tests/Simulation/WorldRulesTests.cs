using FluentAssertions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Soak;
using Tachyon.Failover.Testing.Simulation;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>Kind 11 of safety.md: the imperfections of the real world in the simulated one, and that each of them makes a difference.</summary>
public sealed class WorldRulesTests
{
    private static readonly TimeSpan TwoHours = TimeSpan.FromHours(2);

    /// <summary>The world of finding H1: b has taken over from a, whose machine was off, and a boots through its staked link.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void K11_1_LostNodeBootsThroughAStakedLink_EndsTheVoterLongBeforeItHasCaughtUp(bool announces, bool ends)
    {
        var (ended, stillStarting) = (0, 0);
        for (ulong seed = 1; seed <= 10; seed++)
        {
            var pair = Pair(seed, new WorldRules { AnnouncesAtBootstrap = announces });
            var tower = pair.A.Towers.Current!;
            pair.A.PowerOff();
            pair.B.Towers.Current = tower;
            TakeIdentity(pair.B, IdentityRole.Staked);
            pair.Pass(TimeSpan.FromSeconds(20));
            pair.B.CanVote.Should().BeTrue("seed {0}", seed);
            var voter = pair.B.Process!;

            pair.A.LinkTarget!.Should().Contain("staked");
            pair.A.PowerOn();
            var a = pair.A.Process!;
            pair.Cluster.RunUntil(() => voter.HasExited || a.IsStarted, TimeSpan.FromMinutes(1));
            ended += voter.HasExited ? 1 : 0;
            stillStarting += voter.HasExited && !a.IsStarted ? 1 : 0;
        }

        (ended > 4).Should().Be(ends, "{0} of 10 ended", ended);
        stillStarting.Should().Be(ended);
    }

    [Theory]
    [InlineData(true, -60, true)]
    [InlineData(true, 1, false)]
    [InlineData(false, -60, false)]
    public void K11_3_NodeWhoseClockLagsTakesTheIdentity_ExitsWhereContactsLinger(bool linger, int clockOfB, bool exits)
    {
        var pair = Pair(9, new WorldRules { ContactsLinger = linger });
        pair.B.ClockOffset = TimeSpan.FromSeconds(clockOfB);
        Switch(pair);
        var b = pair.B.Process!;
        pair.Pass(TimeSpan.FromSeconds(4));

        b.HasExited.Should().Be(exits);
    }

    [Fact]
    public void K11_3_ClockWasPutRightSinceTheStart_TheIdentityIsTakenByNobodyUntilThenNotEvenByItself()
    {
        var pair = Pair(9);
        pair.A.ClockOffset = TimeSpan.FromHours(3);
        pair.A.KillValidator();
        pair.Pass(TimeSpan.FromMinutes(1));
        pair.A.ClockOffset = TimeSpan.Zero;
        pair.A.CanVote.Should().BeTrue();

        Switch(pair);
        var b = pair.B.Process!;
        pair.Pass(TimeSpan.FromSeconds(4));

        b.HasExited.Should().BeTrue("gossip keeps the start time of three hours from now");
    }

    /// <summary>The library's locks have a lease (H4). Without a lease a host keeps them for hours.</summary>
    [Theory]
    [InlineData(false, 7200, 7900)]
    [InlineData(true, 29, 31)]
    public void K11_2_CoordinatorsMachineDies_ItsLockStaysForHoursUnlessItIsLeased(bool isLeased, int stillHeld, int free)
    {
        var (pair, laptop) = PairWithALock(isLeased);
        laptop.Crash(machineLives: false);
        pair.Pass(TimeSpan.FromSeconds(stillHeld));
        pair.A.Lock.Owner.Should().NotBeNull();
        pair.Pass(TimeSpan.FromSeconds(free - stillHeld));

        pair.A.Lock.Owner.Should().BeNull();
    }

    [Fact]
    public void K11_2_WayIsOpenAgainAfterTheEndWasForgotten_TheHostKeepsTheSession()
    {
        var (pair, laptop) = PairWithALock(isLeased: false);
        laptop.Partition(pair.A, TimeSpan.FromMinutes(5));
        pair.Pass(TimeSpan.FromMinutes(10));
        pair.A.Lock.Owner.Should().NotBeNull("the end of the session was sent for 100 s, and got through at no time");

        pair.Pass(TwoHours + TimeSpan.FromMinutes(5));
        pair.A.Lock.Owner.Should().BeNull();
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(40, false)]
    public void K11_5_CoordinatorStandsStill_KeepsItsLockForTheLease(int seconds, bool keeps)
    {
        var (pair, laptop) = PairWithALock(isLeased: true);
        laptop.StandStill(TimeSpan.FromMinutes(10), isMachine: false);
        pair.Pass(TimeSpan.FromSeconds(seconds));

        (pair.A.Lock.Owner is not null).Should().Be(keeps);
    }

    [Fact]
    public void K11_4_CallThatHangsInTheValidator_ComesThroughUpToAnHourLate()
    {
        var hangs = Enumerable.Range(1, 60).Select(seed => HangOfASeal((ulong)seed)).ToList();

        hangs.Should().OnlyContain(hang => hang > TimeSpan.FromSeconds(13)).And.OnlyContain(hang => hang < TimeSpan.FromMinutes(61));
        hangs.Count(hang => hang > TimeSpan.FromMinutes(10)).Should().BeGreaterThan(1);
        hangs.Count(hang => hang < TimeSpan.FromSeconds(46)).Should().BeGreaterThan(20);
    }

    [Fact]
    public void K11_4_ProcessOfACallThatHangsIsEnded_TheCallDiesWithIt()
    {
        var pair = Pair(4);
        pair.Faults.Add(pair.A, NodeCall.RemoveAllAuthorizedVoters, CallFault.DoneLate);
        pair.Run(() => pair.FromAToB.Source.Host.RemoveAllAuthorizedVotersAsync())!.Outcome.Should().Be(CallOutcome.Unknown);
        pair.A.KillValidator();
        pair.Pass(TwoHours);

        pair.A.CanVote.Should().BeTrue();
    }

    [Theory]
    [InlineData(true, 490, 10)]
    [InlineData(false, 482, 482)]
    public void K11_5_CoordinatorStandsStill_ItsTimersDoToo(bool isMachine, double endsAfter, double byItsOwnClock)
    {
        var pair = Pair(5);
        var began = (pair.Time.GetUtcNow(), pair.Time.GetTimestamp());
        pair.After(TimeSpan.FromSeconds(2), () => pair.Coordinator.StandStill(TimeSpan.FromMinutes(8), isMachine));
        pair.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(10), pair.Time);
            return "";
        });

        (pair.Time.GetUtcNow() - began.Item1).TotalSeconds.Should().Be(endsAfter);
        pair.Time.GetElapsedTime(began.Item2).TotalSeconds.Should().Be(byItsOwnClock);
    }

    [Fact]
    public void K11_5_AnswerOfANode_IsReadWhenTheCoordinatorGoesOn()
    {
        var pair = Pair(5);
        var began = pair.Time.GetUtcNow();
        pair.After(TimeSpan.FromMilliseconds(45), () => pair.Coordinator.StandStill(TimeSpan.FromMinutes(3), isMachine: true));
        var answer = pair.Run(() => pair.FromAToB.Source.Host.GetContactInfoAsync())!;

        answer.IsDone.Should().BeTrue();
        (pair.Time.GetUtcNow() - began).Should().BeGreaterThan(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void K11_6_SocketIsGone_TheProgramSaysThatNoneRunsAndTheValidatorVotes()
    {
        var pair = Pair(6);
        pair.A.HasAdminSocket = false;
        var host = pair.FromAToB.Source.Host;

        pair.Run(() => host.GetContactInfoAsync())!.Call.Failure.Should().Be(CallFailure.ValidatorNotRunning);
        pair.Run(() => host.RemoveAllAuthorizedVotersAsync())!.Failure.Should().Be(CallFailure.ValidatorNotRunning);
        pair.A.CanVote.Should().BeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void H12_7_ValidatorIsStarting_ItsVotersCanBeTakenAwayAndNothingElse(bool serves)
    {
        var pair = Pair(7, new WorldRules { ServesVotersEarly = serves });
        pair.A.KillValidator();
        pair.Cluster.RunUntil(() => pair.A.Process is not null, TimeSpan.FromMinutes(1));
        pair.Pass(TimeSpan.FromMilliseconds(200));
        var host = pair.FromAToB.Source.Host;

        pair.Run(() => host.GetContactInfoAsync())!.Call.Failure.Should().Be(CallFailure.ValidatorStarting);
        var seal = pair.Run(() => host.RemoveAllAuthorizedVotersAsync())!;
        seal.IsDone.Should().Be(serves);
        pair.Pass(TimeSpan.FromMinutes(1));
        pair.A.CanVote.Should().Be(!serves);
    }

    [Fact]
    public void H12_7_ValidatorVotesAlready_ItMayStillSayThatItIsStarting()
    {
        var seen = 0;
        for (ulong seed = 1; seed <= 10; seed++)
        {
            var pair = Pair(seed);
            pair.A.KillValidator();
            pair.Cluster.RunUntil(() => pair.A.Process is { IsStarted: true }, TimeSpan.FromMinutes(1));
            seen += pair.A.Process!.ServesAdmin ? 0 : 1;
        }

        seen.Should().BeGreaterThan(5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void H12_10_TwoNodesLeadWithOneIdentity_NeitherBlockIsTaken(bool areLost)
    {
        var taken = new List<bool>();
        for (ulong seed = 1; seed <= 6; seed++)
        {
            var pair = new SimulatedPair(new SimulatedPairOptions { Seed = seed, LeaderShare = 0.5, World = new WorldRules { DuplicateBlocksAreLost = areLost } });
            pair.Cluster.LeadsAtOnce = true;
            pair.A.Process!.RemoveAllAuthorizedVoters();
            pair.B.Process!.RemoveAllAuthorizedVoters();
            pair.Pass(TimeSpan.FromSeconds(1));
            TakeIdentity(pair.B, IdentityRole.Staked);
            pair.Cluster.RunUntil(() => pair.B.RunsStaked, TimeSpan.FromSeconds(3));
            var first = pair.Cluster.Chain.Tip.Slot + 2;
            pair.Cluster.RunUntil(() => pair.A.Process is null, TimeSpan.FromSeconds(5));
            for (var slot = first; slot < pair.Cluster.Chain.Tip.Slot; slot++)
            {
                if (pair.Cluster.Chain.Schedule.IsStaked(slot))
                {
                    taken.Add(pair.Cluster.Chain.BankAt(slot) is not null);
                }
            }
        }

        taken.Should().HaveCountGreaterThan(3).And.OnlyContain(isTaken => isTaken == !areLost);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void K11_8_SealedValidator_ItsTowerGrowsInMemoryAndItsLaterVotesAreTaken(bool grows)
    {
        var pair = Pair(8, new WorldRules { SealedTowersGrow = grows });
        var host = pair.FromAToB.Source.Host;
        pair.Run(() => host.RemoveAllAuthorizedVotersAsync());
        pair.Pass(TimeSpan.FromSeconds(4));
        var last = pair.A.Towers.Current!.LastSlot;
        pair.Run(() => host.AddAuthorizedVotersAsync());
        pair.Pass(TimeSpan.FromSeconds(4));

        var first = pair.Cluster.Chain.Votes.First(vote => vote.Slot > last && vote.Node == "a");
        first.Stack.Votes.Any(vote => vote.Slot > last && vote.Slot < first.Slot).Should().Be(grows);
        pair.Cluster.Chain.Votes.Should().OnlyContain(vote => vote.Error == null);
        pair.Judge.ThrowIfBroken();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void K11_10_ValidatorStartsWithAnOlderTower_PanicsOverItsOwnVotes(bool hears)
    {
        // Its newest votes never landed.
        var pair = Pair(10, new WorldRules { HearsOwnVotes = hears, AnnouncesAtBootstrap = false });
        pair.Pass(TimeSpan.FromSeconds(5));
        pair.Cluster.Gossip.PushVote("a", pair.A.Staked, pair.Cluster.Chain.Newest.Slot + 60);
        pair.A.KillValidator();
        pair.Cluster.RunUntil(() => pair.A.Process is not null, TimeSpan.FromMinutes(1));
        var process = pair.A.Process!;
        pair.Pass(TimeSpan.FromSeconds(14));

        process.HasExited.Should().Be(hears);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void C1_PartThatThrows_ThrowsAtItsCallAndOnce(bool inTask)
    {
        var pair = Pair(11);
        var parts = new ThrowingParts(2, inTask);
        var given = parts.In(pair.FromAToB);
        pair.Run(() => given.Source.Link.ReadAsync())!.IsDone.Should().BeTrue();
        var second = () => pair.Run(() => given.Source.Link.ReadAsync());
        second.Should().Throw<InvalidOperationException>().WithMessage("*IIdentityLink.ReadAsync*");

        parts.Threw.Should().Be("IIdentityLink.ReadAsync");
        pair.Run(() => given.Target.Host.GetContactInfoAsync())!.IsDone.Should().BeTrue();
    }

    [Theory]
    [InlineData(CallFault.Slow, true)]
    [InlineData(CallFault.Garbled, false)]
    public void K11_ProbeFailsOneTime_AndWorksTheNext(CallFault fault, bool isDone)
    {
        var pair = Pair(12);
        pair.Faults.Add(pair.A, NodeCall.ReadLink, fault);
        var link = pair.FromAToB.Source.Link;
        var before = pair.Time.GetUtcNow();

        pair.Run(() => link.ReadAsync())!.IsDone.Should().Be(isDone);
        (pair.Time.GetUtcNow() - before > TimeSpan.FromSeconds(2)).Should().Be(isDone);
        pair.Run(() => link.ReadAsync())!.IsDone.Should().BeTrue();
    }

    private static SimulatedPair Pair(ulong seed, WorldRules? rules = null) => new(new SimulatedPairOptions { Seed = seed, World = rules ?? new WorldRules() });

    private static (SimulatedPair Pair, SimulatedCoordinator Laptop) PairWithALock(bool isLeased)
    {
        var pair = Pair(3);
        var laptop = pair.AddCoordinator("laptop");
        laptop.With(pair.A).HasLease = isLeased;
        laptop.Run(() => laptop.FromAToB.Source.Lock.AcquireAsync("laptop"))!.IsDone.Should().BeTrue();
        return (pair, laptop);
    }

    private static TimeSpan HangOfASeal(ulong seed)
    {
        var pair = Pair(seed);
        pair.Faults.Add(pair.A, NodeCall.RemoveAllAuthorizedVoters, CallFault.DoneLate);
        var began = pair.Time.GetUtcNow();
        pair.Run(() => pair.FromAToB.Source.Host.RemoveAllAuthorizedVotersAsync())!.Outcome.Should().Be(CallOutcome.Unknown);
        pair.Cluster.RunUntil(() => !pair.A.CanVote, TwoHours);
        return pair.Time.GetUtcNow() - began;
    }

    private static void TakeIdentity(SimulatedNode node, IdentityRole role) => node.Process!.SetIdentity(node.KeyOf(role), requireTower: false, _ => node.Changed());

    /// <summary>As the guide does it, with a pause between the steps.</summary>
    private static void Switch(SimulatedPair pair)
    {
        TakeIdentity(pair.A, IdentityRole.Unstaked);
        pair.Pass(TimeSpan.FromSeconds(3));
        pair.B.Towers.Current = pair.A.Towers.Current;
        TakeIdentity(pair.B, IdentityRole.Staked);
        pair.Cluster.RunUntil(() => pair.B.RunsStaked, TimeSpan.FromSeconds(3));
    }
}
