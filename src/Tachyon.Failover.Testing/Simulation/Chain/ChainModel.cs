using System.Buffers.Binary;
using System.Security.Cryptography;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>
/// The chain: a block for every slot, with the votes that arrived while it was made, taken or refused by the vote program. It
/// forgets nothing of what it was sent; <see cref="Votes"/> is what a judge reads.
/// </summary>
internal sealed class ChainModel
{
    /// <summary>A vote that arrives later than this before the end of a block is for the next one.</summary>
    private static readonly TimeSpan Cutoff = TimeSpan.FromMilliseconds(15);

    /// <summary>A leader throws away votes that are so many slots older than the newest one it knows.</summary>
    private const ulong StaleSlots = 8;

    private readonly ChainOptions _options;
    private readonly EventQueue _events;
    private readonly SeededRandom _random;
    private readonly Dictionary<ulong, Bank> _banks = [];
    private readonly List<SentVote> _votes = [];
    private readonly List<SentVote> _pending = [];
    private readonly byte[] _seed;
    private VoteStack _bigStack = VoteStack.Empty;
    private DateTimeOffset _startedAt;

    public ChainModel(ChainOptions options, ChainIdentities identities, EventQueue events)
    {
        _options = options;
        _events = events;
        _random = new SeededRandom(options.Seed, "chain");
        _seed = BitConverter.GetBytes(options.Seed);
        Identities = identities;
        Schedule = new LeaderSchedule(options);
    }

    public ChainIdentities Identities { get; }

    public LeaderSchedule Schedule { get; }

    public ulong FirstSlot => _options.StartSlot - _options.HistorySlots;

    /// <summary>The newest bank.</summary>
    public Bank Newest { get; private set; } = null!;

    /// <summary>All that any node sent, in the order of arrival.</summary>
    public IReadOnlyList<SentVote> Votes => _votes;

    /// <summary>Told of every new bank.</summary>
    public Action<Bank>? BankCompleted { get; set; }

    /// <summary>Asked before a block of the staked identity is made whether anybody is there to make it.</summary>
    public Func<bool> StakedCanLead { get; set; } = static () => true;

    /// <summary>Makes the history at once: more than a full stack of votes.</summary>
    /// <param name="historyNode">The node that is to have cast the votes of the history.</param>
    public void MakeHistory(string historyNode)
    {
        _startedAt = _events.Now;
        var stack = VoteStack.Empty;
        for (var slot = FirstSlot; slot < _options.StartSlot; slot++)
        {
            if (Newest is not null)
            {
                stack = stack.With(Newest.Slot);
                var vote = new SentVote { Node = historyNode, Identity = Identities.Staked, Stack = stack, ArrivedAt = EndOf(slot) - _options.SlotDuration };
                _votes.Add(vote);
                _pending.Add(vote);
            }

            Complete(slot, EndOf(slot));
        }
    }

    /// <summary>Lets the slots pass from now on, with a block at the end of each.</summary>
    public void Run()
    {
        _startedAt = _events.Now;
        _events.ScheduleAt(EndOf(_options.StartSlot), () => EndSlot(_options.StartSlot));
    }

    /// <summary>When a slot ends and the next begins.</summary>
    public DateTimeOffset EndOf(ulong slot) => _startedAt + (_options.SlotDuration * ((double)slot + 1 - _options.StartSlot));

    public Bank? BankAt(ulong slot) => _banks.GetValueOrDefault(slot);

    /// <summary>Whether a slot is on the chain; what is older than the history is taken to be.</summary>
    public bool IsAncestor(ulong slot) => slot < FirstSlot || _banks.ContainsKey(slot);

    /// <summary>A vote reaches the leader, or does not.</summary>
    public void Receive(string node, Pubkey identity, VoteStack stack)
    {
        var vote = new SentVote { Node = node, Identity = identity, Stack = stack, ArrivedAt = _events.Now };
        _votes.Add(vote);
        if (_random.Chance(_options.LostVotes) || vote.Slot + StaleSlots < Newest.VoteAccount.LastSlot)
        {
            return;
        }

        if (_random.Chance(_options.LateVotes))
        {
            _events.Schedule(_options.SlotDuration, () => Queue(vote));
            return;
        }

        Queue(vote);
    }

    /// <summary>A leader keeps only the newest vote of an account for a block.</summary>
    private void Queue(SentVote vote)
    {
        if (_pending.Exists(other => other.Slot > vote.Slot))
        {
            return;
        }

        _pending.RemoveAll(other => other.Slot < vote.Slot);
        _pending.Add(vote);
    }

    private void EndSlot(ulong slot)
    {
        var end = EndOf(slot);
        _events.ScheduleAt(EndOf(slot + 1), () => EndSlot(slot + 1));
        var skipped = Schedule.IsStaked(slot) ? !StakedCanLead() : _random.Chance(_options.SkippedSlots);
        if (!skipped)
        {
            Complete(slot, end);
            BankCompleted?.Invoke(Newest);
        }
    }

    private void Complete(ulong slot, DateTimeOffset end)
    {
        var parent = Newest;
        var epoch = Schedule.EpochOf(slot);
        var account = parent?.VoteAccount ?? VoteAccountState.Empty;
        var big = parent?.BigVoteAccount ?? VoteAccountState.Empty;
        if (parent is not null)
        {
            _bigStack = _bigStack.With(parent.Slot);
            big = VoteProgram.Apply(big, _bigStack, slot, epoch, IsAncestor).Account;
        }

        var landed = _pending.FindAll(vote => vote.ArrivedAt <= end - Cutoff);
        _pending.RemoveAll(landed.Contains);
        foreach (var vote in landed)
        {
            (vote.Error, account) = VoteProgram.Apply(account, vote.Stack, slot, epoch, IsAncestor);
            vote.BlockSlot = slot;
            vote.BlockAt = end;
        }

        Newest = new Bank
        {
            Slot = slot,
            ParentSlot = parent?.Slot ?? slot - 1,
            Height = parent is null ? slot - (slot / 100) : parent.Height + 1,
            Hash = HashOf(slot),
            Leader = LeaderOf(slot),
            NextLeader = LeaderOf(slot + 1),
            Root = big.Root ?? FirstSlot,
            CompletedAt = end,
            VoteAccount = account,
            BigVoteAccount = big,
            Votes = landed,
        };
        _banks[slot] = Newest;
    }

    public Pubkey LeaderOf(ulong slot) => Schedule.IsStaked(slot) ? Identities.Staked : Identities.Big;

    private ReadOnlyMemory<byte> HashOf(ulong slot)
    {
        Span<byte> text = stackalloc byte[16];
        _seed.CopyTo(text);
        BinaryPrimitives.WriteUInt64LittleEndian(text[8..], slot);
        return SHA256.HashData(text);
    }
}
