using System.Collections.Immutable;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.Simulation.Votes;

/// <summary>A vote account after a block.</summary>
/// <remarks>Immutable: every block keeps the state after it.</remarks>
internal sealed record VoteAccountState
{
    public static VoteAccountState Empty { get; } = new();

    public ImmutableArray<LandedVote> Votes { get; init; } = [];

    public ulong? Root { get; init; }

    public ImmutableArray<EpochCredits> Credits { get; init; } = [];

    public ulong? LastSlot => Votes.IsEmpty ? null : Votes[^1].Slot;

    public ulong TotalCredits => Credits.IsEmpty ? 0 : Credits[^1].Credits;

    /// <summary>The state as the tower of a validator that takes it over from the chain.</summary>
    public VoteStack ToStack()
    {
        var votes = ImmutableArray.CreateBuilder<TowerVote>(Votes.Length);
        foreach (var vote in Votes)
        {
            votes.Add(new TowerVote(vote.Slot, vote.ConfirmationCount));
        }

        return new VoteStack(votes.MoveToImmutable(), Root);
    }

    public VoteAccountState Earn(ulong epoch, ulong credits)
    {
        if (Credits.IsEmpty)
        {
            return this with { Credits = [new EpochCredits(epoch, credits, 0)] };
        }

        var last = Credits[^1];
        return last.Epoch == epoch
            ? this with { Credits = Credits.SetItem(Credits.Length - 1, last with { Credits = last.Credits + credits }) }
            : this with { Credits = Credits.Add(new EpochCredits(epoch, last.Credits + credits, last.Credits)) };
    }
}
