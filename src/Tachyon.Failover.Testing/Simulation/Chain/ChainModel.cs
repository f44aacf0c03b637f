using System.Buffers.Binary;
using System.Security.Cryptography;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>
/// The chain: a block for every slot, with the votes that arrived while it was made, taken or refused by the vote program. It
/// forgets nothing of what it was sent; <see cref="Votes"/> is what a judge reads. Now and then a block or two are orphaned:
/// everybody sees them, and the chain goes on from the block before.
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
    private readonly SeededRandom _twice;
    private readonly ForkDraw _forks;
    private readonly Dictionary<ulong, Bank> _banks = [];
    private readonly Dictionary<ulong, Bank> _orphans = [];
    private readonly List<Bank> _branch = [];
    private readonly List<SentVote> _votes = [];
    private readonly LeaderVotes _leader = new();
    private readonly byte[] _seed;
    private List<SentVote> _repeats = [];
    private VoteStack _bigStack = VoteStack.Empty;
    private DateTimeOffset _startedAt;

    public ChainModel(ChainOptions options, ChainIdentities identities, EventQueue events)
    {
        _options = options;
        _events = events;
        _random = new SeededRandom(options.Seed, "chain");
        _twice = new SeededRandom(options.Seed, "votes that land twice");
        _forks = new ForkDraw(options);
        _seed = BitConverter.GetBytes(options.Seed);
        Identities = identities;
        Schedule = new LeaderSchedule(options);
    }

    public ChainIdentities Identities { get; }

    public LeaderSchedule Schedule { get; }

    public ulong FirstSlot => _options.StartSlot - _options.HistorySlots;

    /// <summary>The newest bank of the main fork: what is confirmed.</summary>
    public Bank Newest { get; private set; } = null!;

    /// <summary>The newest bank of all, which may be orphaned: what is processed.</summary>
    public Bank Tip { get; private set; } = null!;

    /// <summary>All that any node sent, in the order of arrival.</summary>
    public IReadOnlyList<SentVote> Votes => _votes;

    /// <summary>Told of every new bank, orphaned ones as well.</summary>
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
                var time = EndOf(slot) - _options.SlotDuration;
                var vote = new SentVote { Node = historyNode, Identity = Identities.Staked, Stack = stack, SignedAt = time, ArrivedAt = time };
                _votes.Add(vote);
                _leader.Add(vote, isForOrphan: false);
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

    /// <summary>The bank that the main fork has for a slot.</summary>
    public Bank? BankAt(ulong slot) => _banks.GetValueOrDefault(slot);

    /// <summary>The bank of a slot whose block was orphaned.</summary>
    public Bank? OrphanAt(ulong slot) => _orphans.GetValueOrDefault(slot);

    /// <summary>Whether the slot has a block that was orphaned. It is no slot that anybody can miss.</summary>
    public bool IsOrphan(ulong slot) => _orphans.ContainsKey(slot);

    /// <summary>Whether a slot is on the main fork; what is older than the history is taken to be.</summary>
    public bool IsOnMainFork(ulong slot) => slot < FirstSlot || _banks.ContainsKey(slot);

    /// <summary>All banks from a slot on, orphaned ones as well, oldest first: what a node that joins is given.</summary>
    public IEnumerable<Bank> BanksFrom(ulong slot)
    {
        for (slot = Math.Max(slot, FirstSlot); slot <= Tip.Slot; slot++)
        {
            if ((BankAt(slot) ?? OrphanAt(slot)) is { } bank)
            {
                yield return bank;
            }
        }
    }

    /// <summary>A vote reaches the leader, or does not.</summary>
    public void Receive(string node, Pubkey identity, VoteStack stack, DateTimeOffset signedAt)
    {
        var vote = new SentVote { Node = node, Identity = identity, Stack = stack, SignedAt = signedAt, ArrivedAt = _events.Now };
        _votes.Add(vote);
        if (_random.Chance(_options.LostVotes) || vote.Slot + StaleSlots < Newest.VoteAccount.LastSlot)
        {
            return;
        }

        if (_random.Chance(_options.LateVotes))
        {
            _events.Schedule(_options.SlotDuration, () => _leader.Add(vote, IsOrphan(vote.Slot)));
            return;
        }

        _leader.Add(vote, IsOrphan(vote.Slot));
    }

    public Pubkey LeaderOf(ulong slot) => Schedule.IsStaked(slot) ? Identities.Staked : Identities.Big;

    private void EndSlot(ulong slot)
    {
        var end = EndOf(slot);
        _events.ScheduleAt(EndOf(slot + 1), () => EndSlot(slot + 1));
        var isOrphaned = _forks.Next();
        if (!isOrphaned)
        {
            _branch.Clear();
        }

        var skipped = Schedule.IsStaked(slot) ? !StakedCanLead() : _random.Chance(_options.SkippedSlots);
        if (skipped)
        {
            return;
        }

        if (isOrphaned)
        {
            CompleteOrphan(slot, end);
        }
        else
        {
            Complete(slot, end);
        }

        BankCompleted?.Invoke(Tip);
    }

    private void Complete(ulong slot, DateTimeOffset end)
    {
        var taken = _leader.Take(end - Cutoff);
        List<SentVote> landed = [.. _repeats, .. taken];
        var account = Newest?.VoteAccount ?? VoteAccountState.Empty;
        foreach (var vote in landed)
        {
            (vote.Error, account) = VoteProgram.Apply(account, vote.Stack, slot, Schedule.EpochOf(slot), IsOnMainFork);
            vote.BlockSlot = slot;
            vote.BlockAt = end;
        }

        Newest = Tip = MakeBank(slot, end, Newest, account, landed);
        _banks[slot] = Newest;

        _repeats = [.. taken.Where(vote => vote.Landed && _twice.Chance(_options.TwiceVotes)).Select(vote => Repeat(vote, end))];
        _votes.AddRange(_repeats);
    }

    /// <summary>A block that the chain will not go on from. What became of a vote is said by the main fork, so nothing is noted.</summary>
    private void CompleteOrphan(ulong slot, DateTimeOffset end)
    {
        var parent = _branch.Count > 0 ? _branch[^1] : Newest;
        var landed = _leader.Peek(end - Cutoff, IsOnBranch).FindAll(vote => !_branch.Exists(bank => bank.Votes.Contains(vote)));
        var account = parent.VoteAccount;
        foreach (var vote in landed)
        {
            account = VoteProgram.Apply(account, vote.Stack, slot, Schedule.EpochOf(slot), IsOnBranch).Account;
        }

        Tip = MakeBank(slot, end, parent, account, landed) with { IsOrphan = true };
        _orphans[slot] = Tip;
        _branch.Add(Tip);
    }

    /// <summary>The big node votes for every block of the main fork, and its vote is in the next block.</summary>
    private Bank MakeBank(ulong slot, DateTimeOffset end, Bank? parent, VoteAccountState account, List<SentVote> votes)
    {
        var big = parent?.BigVoteAccount ?? VoteAccountState.Empty;
        if (parent is not null)
        {
            _bigStack = _bigStack.With(Newest.Slot);
            big = VoteProgram.Apply(big, _bigStack, slot, Schedule.EpochOf(slot), IsOnMainFork).Account;
        }

        return new Bank
        {
            Slot = slot,
            ParentSlot = parent?.Slot ?? slot - 1,
            Height = parent is null ? slot - (slot / 100) : parent.Height + 1,
            Hash = HashOf(slot),
            NextLeader = LeaderOf(slot + 1),
            Root = big.Root ?? FirstSlot,
            CompletedAt = end,
            VoteAccount = account,
            BigVoteAccount = big,
            Votes = votes,
        };
    }

    private static SentVote Repeat(SentVote vote, DateTimeOffset arrivedAt) => new()
    {
        Node = vote.Node,
        Identity = vote.Identity,
        Stack = vote.Stack,
        SignedAt = vote.SignedAt,
        ArrivedAt = arrivedAt,
        IsRepeat = true,
    };

    private bool IsOnBranch(ulong slot) => IsOnMainFork(slot) || _branch.Exists(bank => bank.Slot == slot);

    private ReadOnlyMemory<byte> HashOf(ulong slot)
    {
        Span<byte> text = stackalloc byte[16];
        _seed.CopyTo(text);
        BinaryPrimitives.WriteUInt64LittleEndian(text[8..], slot);
        return SHA256.HashData(text);
    }
}
