using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>
/// The chain: a block for every slot, with the votes that arrived in time. The vote program takes or refuses each vote. The chain
/// keeps everything that it was sent; a judge reads <see cref="Votes"/>. Now and then a block or two are orphaned:
/// all nodes see them, and the chain continues from the block before.
/// </summary>
internal sealed class ChainModel
{
    /// <summary>A vote that arrives later than this before the end of a block goes into the next block.</summary>
    private static readonly TimeSpan Cutoff = TimeSpan.FromMilliseconds(15);

    /// <summary>A leader drops votes that are this many slots older than the newest vote it knows.</summary>
    private const ulong StaleSlots = 8;

    private readonly ChainOptions _options;
    private readonly EventQueue _events;
    private readonly SeededRandom _random;
    private readonly SeededRandom _twice;
    private readonly ForkDraw _forks;
    private readonly Func<ulong, bool> _isOnMainFork;
    private readonly Func<ulong, bool> _isOnBranch;
    private readonly List<Bank?> _banks = [];
    private readonly Dictionary<ulong, Bank> _orphans = [];
    private readonly List<Bank> _branch = [];
    private readonly List<SentVote> _votes = [];
    private readonly LeaderVotes _leader = new();
    private BlockMaker _maker;
    private List<SentVote> _repeats = [];
    private DateTimeOffset _startedAt;

    public ChainModel(ChainOptions options, ChainIdentities identities, EventQueue events)
    {
        _options = options;
        _events = events;
        _random = new SeededRandom(options.Seed, "chain");
        _twice = new SeededRandom(options.Seed, "votes that land twice");
        _forks = new ForkDraw(options);
        _isOnMainFork = IsOnMainFork;
        _isOnBranch = IsOnBranch;
        _maker = new BlockMaker(options);
        Identities = identities;
        Schedule = new LeaderSchedule(options);
    }

    public ChainIdentities Identities { get; }

    public LeaderSchedule Schedule { get; }

    public ulong FirstSlot => _options.FirstSlot;

    /// <summary>The newest bank of the main fork: what is confirmed.</summary>
    public Bank Newest { get; private set; } = null!;

    /// <summary>The newest bank of all, which may be orphaned: what is processed.</summary>
    public Bank Tip { get; private set; } = null!;

    /// <summary>All votes that any node sent, in the order of arrival.</summary>
    public IReadOnlyList<SentVote> Votes => _votes;

    /// <summary>Raised for every new bank, orphaned ones included.</summary>
    public Action<Bank>? BankCompleted { get; set; }

    /// <summary>Asked before a block of the staked identity: whether a node is there to make it.</summary>
    public Func<bool> StakedCanLead { get; set; } = static () => true;

    /// <summary>Whether the whole cluster makes no blocks: slots pass without votes.</summary>
    public bool StandsStill { get; set; }

    /// <summary>Creates the history at once: more than a full stack of votes.</summary>
    /// <param name="historyNode">The node that has cast the votes of the history.</param>
    public void MakeHistory(string historyNode)
    {
        _startedAt = _events.Now;
        var history = ChainHistory.Of(_options, Identities, historyNode, _startedAt);
        _banks.AddRange(history.Banks);
        _votes.AddRange(history.SentVotes);
        _maker = new BlockMaker(_options, history);
        Newest = Tip = history.Banks[^1];
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
    public Bank? BankAt(ulong slot) => slot >= FirstSlot && slot - FirstSlot < (ulong)_banks.Count ? _banks[(int)(slot - FirstSlot)] : null;

    /// <summary>The bank of a slot whose block was orphaned.</summary>
    public Bank? OrphanAt(ulong slot) => _orphans.GetValueOrDefault(slot);

    /// <summary>Whether the slot has an orphaned block. Such a slot does not count as missed.</summary>
    public bool IsOrphan(ulong slot) => _orphans.ContainsKey(slot);

    /// <summary>Whether a slot is on the main fork. Slots older than the history count as on it.</summary>
    public bool IsOnMainFork(ulong slot) => slot < FirstSlot || BankAt(slot) is not null;

    /// <summary>All banks from a slot on, orphaned ones included, oldest first. A node that joins gets them.</summary>
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

    /// <summary>A vote reaches the leader, or is lost.</summary>
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

        var skipped = StandsStill || (Schedule.IsStaked(slot) ? !StakedCanLead() : _random.Chance(_options.SkippedSlots));
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
        Newest = Tip = _maker.Make(slot, end, Newest, LeaderOf(slot + 1), _repeats.Count > 0 ? [.. _repeats, .. taken] : taken, _isOnMainFork);
        while (FirstSlot + (ulong)_banks.Count < slot)
        {
            _banks.Add(null);
        }

        _banks.Add(Newest);
        _repeats = taken.FindAll(vote => vote.Landed && _twice.Chance(_options.TwiceVotes)).ConvertAll(vote => Repeat(vote, end));
        _votes.AddRange(_repeats);
    }

    /// <summary>A block from which the chain does not continue.</summary>
    private void CompleteOrphan(ulong slot, DateTimeOffset end)
    {
        var parent = _branch.Count > 0 ? _branch[^1] : Newest;
        var votes = _leader.Peek(end - Cutoff, _isOnBranch).FindAll(vote => !_branch.Exists(bank => bank.Votes.Contains(vote)));
        Tip = _maker.Make(slot, end, parent, LeaderOf(slot + 1), votes, _isOnBranch, isOrphan: true);
        _orphans[slot] = Tip;
        _branch.Add(Tip);
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
}
