using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.StandIns.Wire;

/// <summary>A block on its way to a validator, with what a validator reads from the bank: our vote account.</summary>
internal sealed record WireBank
{
    public required ulong Slot { get; init; }

    public required ulong ParentSlot { get; init; }

    public required ulong Height { get; init; }

    public required byte[] Hash { get; init; }

    public required string NextLeader { get; init; }

    public required ulong Root { get; init; }

    public required long CompletedTicks { get; init; }

    public required ulong[] VoteSlots { get; init; }

    public required int[] VoteConfirmations { get; init; }

    public ulong? VoteRoot { get; init; }

    public static WireBank Of(Bank bank) => new()
    {
        Slot = bank.Slot,
        ParentSlot = bank.ParentSlot,
        Height = bank.Height,
        Hash = bank.Hash.ToArray(),
        NextLeader = bank.NextLeader.ToString(),
        Root = bank.Root,
        CompletedTicks = bank.CompletedAt.UtcTicks,
        VoteSlots = [.. bank.VoteAccount.Votes.Select(vote => vote.Slot)],
        VoteConfirmations = [.. bank.VoteAccount.Votes.Select(vote => vote.ConfirmationCount)],
        VoteRoot = bank.VoteAccount.Root,
    };

    public Bank ToBank() => new()
    {
        Slot = Slot,
        ParentSlot = ParentSlot,
        Height = Height,
        Hash = Hash,
        NextLeader = Pubkey.Parse(NextLeader),
        Root = Root,
        CompletedAt = new DateTimeOffset(CompletedTicks, TimeSpan.Zero),
        VoteAccount = new VoteAccountState
        {
            Votes = [.. VoteSlots.Zip(VoteConfirmations, (slot, confirmations) => new LandedVote(slot, confirmations, 1))],
            Root = VoteRoot,
        },
    };
}
