using FluentAssertions;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.Simulation.Votes;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>A ledger of the slots 100 to 160, of which 120 and 121 were orphaned: the parent of 122 is 119.</summary>
public sealed class LedgerViewTests
{
    private readonly LedgerView _ledger = new();
    private readonly Dictionary<ulong, Bank> _banks = [];

    public LedgerViewTests()
    {
        for (var slot = 100UL; slot <= 160; slot++)
        {
            _banks[slot] = new Bank
            {
                Slot = slot,
                ParentSlot = slot == 122 ? 119 : slot - 1,
                Height = slot,
                NextLeader = MemoryCluster.KeyOf("big"),
                Root = slot > 132 ? slot - 32 : 100,
                CompletedAt = DateTimeOffset.UnixEpoch,
                VoteAccount = VoteAccountState.Empty,
            };
            _ledger.Add(_banks[slot]);
        }
    }

    [Theory]
    [InlineData(119, 122, true)]
    [InlineData(120, 122, false)]
    [InlineData(121, 122, false)]
    [InlineData(120, 121, true)]
    [InlineData(122, 121, false)]
    [InlineData(122, 122, true)]
    [InlineData(121, 160, false)]
    [InlineData(50, 160, true)]
    public void IsOn_OneSlot_IsWhatTheParentsSay(ulong slot, ulong fork, bool isOn) => _ledger.IsOn(slot, _banks[fork]).Should().Be(isOn);

    [Fact]
    public void IsOn_Stack_MustBeOnTheForkWhole()
    {
        _ledger.IsOn(Stack(90, 50, 110, 118, 122), _banks[130]).Should().BeTrue();
        _ledger.IsOn(Stack(90, 50, 110, 120, 122), _banks[130]).Should().BeFalse();
        _ledger.IsOn(Stack(90, 50, 110, 120), _banks[121]).Should().BeTrue();
        _ledger.IsOn(Stack(90, 50, 110, 200), _banks[160]).Should().BeFalse("that block is unknown here");
    }

    [Fact]
    public void Fit_VotesAboveTheRoot_StayAndWhatIsRootedGoes()
    {
        // The root of 160 is 128.
        var (stack, error) = _ledger.Fit(Stack(105, 126, 127, 128, 129, 150, 161), _banks[160]);

        error.Should().BeNull();
        stack!.Root.Should().Be(128UL);
        stack.Votes.Select(vote => vote.Slot).Should().Equal(129UL, 150UL, 161UL);
    }

    [Fact]
    public void Fit_EndsWithAnOrphanBelowTheRoot_KeepsItSoThatItsLockoutHolds()
    {
        var (stack, error) = _ledger.Fit(Stack(105, 118, 119, 120, 121), _banks[160]);

        error.Should().BeNull("the root and the votes below the fork are shared");
        stack!.Root.Should().Be(128UL);
        stack.Votes.Select(vote => vote.Slot).Should().Equal(120UL, 121UL);
    }

    [Fact]
    public void Fit_OrphanBelowAVoteThatIsRooted_IsFatal() =>
        _ledger.Fit(Stack(105, 119, 120, 122), _banks[160]).Error.Should().Contain("diverged ancestor");

    [Fact]
    public void Fit_NothingShared_IsFatal() =>
        _ledger.Fit(Stack(120, 121), _banks[160]).Error.Should().Contain("no common slot");

    [Fact]
    public void Fit_OlderThanTheLedger_IsMadeAnew() =>
        _ledger.Fit(Stack(50, 60, 61), _banks[160]).Should().Be(((VoteStack?)null, (string?)null));

    [Fact]
    public void Fit_RootedBeyondTheNode_StaysWhole()
    {
        var tower = Stack(140, 141, 142);

        _ledger.Fit(tower, _banks[160]).Stack.Should().BeSameAs(tower);
    }

    private static VoteStack Stack(ulong root, params ulong[] slots) =>
        new([.. slots.Select((slot, i) => new Failover.Towers.TowerVote(slot, slots.Length - i))], root);
}
