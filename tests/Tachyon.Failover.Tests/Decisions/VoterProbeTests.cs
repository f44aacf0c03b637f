using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>What one look at the node that shall vote proves. What it does not show is unknown.</summary>
public sealed class VoterProbeTests
{
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Long = VoterProbe.SlotsToVote * Slot;

    [Theory]
    [InlineData(IdentityRole.Staked, 101UL, true)]
    [InlineData(IdentityRole.Staked, 100UL, null)]
    [InlineData(null, 101UL, null)]
    [InlineData(null, 100UL, null)]
    [InlineData(IdentityRole.Unstaked, 101UL, false)]
    [InlineData(IdentityRole.Unstaked, 100UL, false)]
    public void E1_Votes_OnlyItsOwnWordAndANewVoteProveIt(IdentityRole? runs, ulong newest, bool? votes)
    {
        var look = new VoterProbe { Runs = runs, NewestVote = newest };

        look.Votes(after: 100, TimeSpan.Zero, Slot).Should().Be(votes);
        look.Votes(after: 100, TimeSpan.FromHours(1), Slot).Should().Be(votes, "time alone proves nothing");
    }

    [Fact]
    public void E1_Votes_NothingIsKnownOfVotes_IsNotProven()
    {
        new VoterProbe { Runs = IdentityRole.Staked }.Votes(after: 100, Long, Slot).Should().BeNull();
        new VoterProbe { Runs = IdentityRole.Staked, NewestVote = 100 }.Votes(after: null, Long, Slot).Should().BeNull();
    }

    [Fact]
    public void H6_Votes_NoValidatorIsUp_IsDisprovenOnceAVoteHadTimeToCome()
    {
        var down = new VoterProbe { IsNotUp = true, NewestVote = 100 };

        down.Votes(after: 100, Long - TimeSpan.FromMilliseconds(1), Slot).Should().BeNull();
        down.Votes(after: 100, Long, Slot).Should().BeFalse();
        (down with { NewestVote = null }).Votes(after: 100, Long, Slot).Should().BeFalse();
        (down with { NewestVote = 101 }).Votes(after: 100, Long, Slot).Should().BeNull("a node votes: its socket may be missing, and its validator may run");
    }
}
