using Tachyon.Failover.Testing.Simulation.InMemory;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>The faults of an RPC provider. All programs that ask it see the same faults.</summary>
internal sealed class WitnessTrouble(MemoryCluster cluster)
{
    private readonly List<(DateTimeOffset At, ulong Slot, ulong LastVote)> _past = [];
    private TimeSpan _lag;
    private (ulong Slot, ulong LastVote)? _stuck;

    public bool IsDown { get; set; }

    public bool IsSlow { get; set; }

    /// <summary>Whether it reports a slot far ahead, and no vote at all.</summary>
    public bool IsMad { get; set; }

    /// <summary>How many slots it lags behind while it still advances.</summary>
    public TimeSpan Lag
    {
        get => _lag;
        set
        {
            _lag = value;
            Remember();
        }
    }

    /// <summary>Whether it no longer advances, and answers from its old state.</summary>
    public bool IsStuck
    {
        get => _stuck is not null;
        set => _stuck = value ? (cluster.Chain.Newest.Slot, cluster.Chain.Newest.VoteAccount.LastSlot ?? 0) : null;
    }

    public ulong SlotsUpTo(DateTimeOffset now) => _stuck?.Slot ?? At(now).Slot;

    public ulong VotesUpTo(DateTimeOffset now) => _stuck?.LastVote ?? At(now).LastVote;

    private (ulong Slot, ulong LastVote) At(DateTimeOffset now)
    {
        if (_lag == TimeSpan.Zero)
        {
            return (ulong.MaxValue, ulong.MaxValue);
        }

        var seen = _past.FindLast(past => past.At <= now - _lag);
        return seen.At == default ? (_past[0].Slot, _past[0].LastVote) : (seen.Slot, seen.LastVote);
    }

    /// <summary>While it lags, its later answers are recorded.</summary>
    private void Remember()
    {
        if (_lag == TimeSpan.Zero)
        {
            _past.Clear();
            return;
        }

        _past.Add((cluster.Events.Now, cluster.Chain.Newest.Slot, cluster.Chain.Newest.VoteAccount.LastSlot ?? 0));
        if (_past.Count > 400)
        {
            _past.RemoveAt(0);
        }

        cluster.Events.Schedule(TimeSpan.FromMilliseconds(500), Remember);
    }
}
