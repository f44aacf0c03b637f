using FluentAssertions;
using Tachyon.Failover.Testing.Simulation.Votes;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

public sealed class VoteProgramTests
{
    private static readonly Func<ulong, bool> EverySlot = static _ => true;

    [Fact]
    public void With_VoteAfterVote_RootsTheOldestOf31()
    {
        var stack = Voted(VoteStack.Empty, 100, 140);

        stack.Votes.Should().HaveCount(31);
        stack.Root.Should().Be(109UL);
        stack.Votes[0].Should().Be(new TowerVote(110, 31));
        stack.Votes[^1].Should().Be(new TowerVote(140, 1));
    }

    [Fact]
    public void With_GapLongerThanLockouts_PopsThem()
    {
        var stack = Voted(VoteStack.Empty, 100, 102).With(105);

        // 102 locks to 104, 101 with two confirmations to 105.
        stack.Votes.Should().Equal(new TowerVote(100, 3), new TowerVote(101, 2), new TowerVote(105, 1));
    }

    [Fact]
    public void Apply_NextVote_IsTaken()
    {
        var (account, stack) = Account(200);

        var (error, after) = Apply(account, stack.With(201), 202);

        error.Should().BeNull();
        after.LastSlot.Should().Be(201UL);
        after.Votes[^1].Latency.Should().Be(1);
    }

    [Fact]
    public void Apply_SameSlotAgain_IsTooOld() =>
        Apply(Account(200).Account, Account(200).Stack, 202).Error.Should().Be(VoteError.VoteTooOld);

    [Fact]
    public void Apply_TowerWithoutTheLastVote_RefusesExactly31Votes()
    {
        var account = Account(200).Account;
        var stack = Account(199).Stack;

        var errors = new List<VoteError?>();
        for (var slot = 201UL; slot <= 240; slot++)
        {
            stack = stack.With(slot);
            (var error, account) = Apply(account, stack, slot + 1);
            errors.Add(error);
        }

        errors.TakeWhile(error => error is not null).Should().HaveCount(31).And.AllBeEquivalentTo(VoteError.LockoutConflict);
        errors.Skip(31).Should().AllBeEquivalentTo((VoteError?)null);
    }

    [Fact]
    public void Apply_SlotThatHasNoBlock_IsAMismatch() =>
        VoteProgram.Apply(Account(200).Account, Account(200).Stack.With(201), 202, 0, slot => slot != 201).Error.Should().Be(VoteError.SlotsMismatch);

    [Fact]
    public void Apply_RootBelowTheAccounts_IsARollBack()
    {
        var (account, stack) = Account(200);

        Apply(account, stack.With(201) with { Root = 10 }, 202).Error.Should().Be(VoteError.RootRollBack);
    }

    [Fact]
    public void Apply_RootedVotes_EarnByTheirLatency()
    {
        var account = VoteAccountState.Empty;
        var stack = VoteStack.Empty;
        for (var slot = 1UL; slot <= 32; slot++)
        {
            stack = stack.With(slot);
            account = Apply(account, stack, slot == 1 ? 6 : slot + 1).Account;
        }

        // Slot 1 is rooted; its vote landed five slots late, three more than is free.
        account.TotalCredits.Should().Be(13UL);
    }

    private static (VoteError? Error, VoteAccountState Account) Apply(VoteAccountState account, VoteStack stack, ulong blockSlot) =>
        VoteProgram.Apply(account, stack, blockSlot, 0, EverySlot);

    private static (VoteAccountState Account, VoteStack Stack) Account(ulong last)
    {
        var stack = Voted(VoteStack.Empty, 100, last);
        return (Apply(VoteAccountState.Empty, stack, last + 1).Account, stack);
    }

    private static VoteStack Voted(VoteStack stack, ulong first, ulong last)
    {
        for (var slot = first; slot <= last; slot++)
        {
            stack = stack.With(slot);
        }

        return stack;
    }
}
