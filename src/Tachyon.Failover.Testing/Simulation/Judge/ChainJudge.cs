using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Votes;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>Reads the sent and the landed votes, and reports their fate.</summary>
internal static class ChainJudge
{
    /// <summary>How many of the newest slots to leave out: votes for them may still land.</summary>
    public const ulong UnsettledSlots = 2;

    private const int FullCredits = 16;
    private const ulong GraceSlots = 2;

    /// <summary>Reports on the slots from a first one on.</summary>
    public static ChainReport Report(ChainModel chain, ulong fromSlot)
    {
        var first = Math.Max(fromSlot, chain.FirstSlot + 1);
        var last = Math.Max(first, chain.Newest.Slot - UnsettledSlots) - 1;
        var sent = chain.Votes.Where(vote => vote.Slot >= first && vote.Slot <= last).ToList();
        var bySlot = sent.ToLookup(vote => vote.Slot);
        var votedIn = VotedIn(chain);
        var slots = new List<SlotReport>();
        for (var slot = first; slot <= last; slot++)
        {
            slots.Add(new SlotReport
            {
                Slot = slot,
                HasBlock = chain.BankAt(slot) is not null,
                VotedInBlock = votedIn.TryGetValue(slot, out var block) ? block : null,
                Votes = [.. bySlot[slot].Select(ToReport)],
            });
        }

        return new ChainReport
        {
            FirstSlot = first,
            LastSlot = last,
            Slots = slots,
            MissedSlots = slots.Count(slot => slot is { HasBlock: true, VotedInBlock: null }),
            RefusedVotes = sent.Count(vote => vote.Error is not (null or VoteError.VoteTooOld)),
            DoubleVotes = DoubleVotes(sent),
            LostCredits = slots.Where(slot => slot.HasBlock).Sum(LostCredits),
            Changes = Changes(sent),
        };
    }

    /// <summary>
    /// A vote is double if another node has voted for its slot as well, or has votes for slots before and after it with fewer than
    /// three votes of this node between them: a switchover there and back takes longer. Slots count, not arrival times: a vote
    /// that was cast in time, and is in the transferred tower, may arrive late (validator.md 1.4).
    /// </summary>
    private static int DoubleVotes(List<SentVote> sent)
    {
        var bySlot = sent.OrderBy(vote => vote.Slot).ToList();
        var doubles = 0;
        for (var i = 0; i < bySlot.Count; i++)
        {
            if (HasAnotherVoter(bySlot, i) || IsInterleaved(bySlot, i))
            {
                doubles++;
            }
        }

        return doubles;
    }

    private static bool HasAnotherVoter(List<SentVote> bySlot, int index)
    {
        // Each pair of voters counts once: at the later of the two.
        for (var i = index - 1; i >= 0 && bySlot[i].Slot == bySlot[index].Slot; i--)
        {
            if (!Same(bySlot[i].Node, bySlot[index].Node))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInterleaved(List<SentVote> sent, int index)
    {
        var node = sent[index].Node;
        var first = index;
        while (first > 0 && Same(sent[first - 1].Node, node))
        {
            first--;
        }

        var last = index;
        while (last < sent.Count - 1 && Same(sent[last + 1].Node, node))
        {
            last++;
        }

        return first > 0 && last < sent.Count - 1 && last - first < 2 && Same(sent[first - 1].Node, sent[last + 1].Node);
    }

    private static int LostCredits(SlotReport slot) => slot.VotedInBlock is { } block
        ? Math.Clamp((int)(block - slot.Slot) - (int)GraceSlots, 0, FullCredits - 1)
        : FullCredits;

    private static Dictionary<ulong, ulong> VotedIn(ChainModel chain)
    {
        var blocks = new Dictionary<ulong, ulong>();
        foreach (var landed in chain.Votes.Where(vote => vote.Landed).OrderBy(vote => vote.BlockSlot))
        {
            foreach (var vote in landed.Stack.Votes)
            {
                blocks.TryAdd(vote.Slot, landed.BlockSlot!.Value);
            }
        }

        return blocks;
    }

    private static List<VoterChange> Changes(List<SentVote> sent)
    {
        var changes = new List<VoterChange>();
        SentVote? before = null;
        foreach (var vote in sent.Where(vote => vote.Landed))
        {
            if (before is not null && !Same(before.Node, vote.Node))
            {
                changes.Add(new VoterChange
                {
                    From = before.Node,
                    To = vote.Node,
                    LastSlot = before.Slot,
                    FirstSlot = vote.Slot,
                    Gap = vote.ArrivedAt - before.ArrivedAt,
                });
            }

            before = vote;
        }

        return changes;
    }

    private static VoteReport ToReport(SentVote vote) => new()
    {
        Node = vote.Node,
        Slot = vote.Slot,
        ArrivedAt = vote.ArrivedAt,
        BlockSlot = vote.BlockSlot,
        Error = (int?)vote.Error,
    };

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
