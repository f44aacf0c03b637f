using System.Collections.Concurrent;

namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>
/// The slots before the first one that is made in time: a block in each, with our vote for the slot before. It does not depend on
/// the seed, so that a hundred thousand chains share one history.
/// </summary>
/// <remarks>Not changed after creation; any thread.</remarks>
internal sealed class ChainHistory
{
    /// <summary>Limits the memory if every chain starts at another slot.</summary>
    private const int MostKept = 32;

    private static readonly ConcurrentDictionary<Key, ChainHistory> Kept = new();

    private ChainHistory(ChainOptions options, Key key)
    {
        var banks = new List<Bank>();
        var votes = new List<SentVote>();
        var maker = new BlockMaker(options);
        var stack = Votes.VoteStack.Empty;
        for (var slot = options.FirstSlot; slot < options.StartSlot; slot++)
        {
            var end = key.StartedAt - (options.SlotDuration * (double)(options.StartSlot - slot - 1));
            var parent = banks.Count > 0 ? banks[^1] : null;
            SentVote[] inBlock = [];
            if (parent is not null)
            {
                stack = stack.With(parent.Slot);
                var time = end - options.SlotDuration;
                inBlock = [new SentVote { Node = key.Node, Identity = key.Staked, Stack = stack, SignedAt = time, ArrivedAt = time }];
                votes.AddRange(inBlock);
            }

            banks.Add(maker.Make(slot, end, parent, key.Big, inBlock, static _ => true));
        }

        (Banks, SentVotes, BigStack) = (banks, votes, maker.BigStack);
    }

    public IReadOnlyList<Bank> Banks { get; }

    public IReadOnlyList<SentVote> SentVotes { get; }

    public Votes.VoteStack BigStack { get; }

    /// <summary>The history of a chain.</summary>
    /// <param name="options">The options of the chain.</param>
    /// <param name="identities">The identities on it.</param>
    /// <param name="node">The node that has cast the votes.</param>
    /// <param name="startedAt">When the first slot after the history begins.</param>
    public static ChainHistory Of(ChainOptions options, ChainIdentities identities, string node, DateTimeOffset startedAt)
    {
        var key = new Key(options.StartSlot, options.HistorySlots, options.SlotsPerEpoch, options.SlotDuration, identities.Staked, identities.Big, node, startedAt);
        if (Kept.TryGetValue(key, out var history))
        {
            return history;
        }

        history = new ChainHistory(options, key);
        return Kept.Count < MostKept ? Kept.GetOrAdd(key, history) : history;
    }

    private sealed record Key(
        ulong StartSlot, ulong HistorySlots, ulong SlotsPerEpoch, TimeSpan SlotDuration, Pubkey Staked, Pubkey Big, string Node, DateTimeOffset StartedAt);
}
