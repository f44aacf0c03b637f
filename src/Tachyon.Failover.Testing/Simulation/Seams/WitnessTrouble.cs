using Tachyon.Failover.Testing.Simulation.InMemory;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>What is wrong with an RPC provider. All programs that ask it see the same.</summary>
internal sealed class WitnessTrouble(MemoryCluster cluster)
{
    private readonly List<(DateTimeOffset At, ulong Slot, ulong LastVote)> _past = [];
    private TimeSpan _lag;
    private (ulong Slot, ulong LastVote)? _stuck;

    public bool IsDown { get; set; }

    public bool IsSlow { get; set; }

    /// <summary>Whether it tells of a slot far ahead, and of no vote at all.</summary>
    public bool IsMad { get; set; }

    /// <summary>How far it is behind, and goes on all the same.</summary>
    public TimeSpan Lag
    {
        get => _lag;
        set
        {
            _lag = value;
            Remember();
        }
    }

    /// <summary>Whether it goes on no more, and answers from what it has.</summary>
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

    /// <summary>As long as it lags, what it will tell is noted.</summary>
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
