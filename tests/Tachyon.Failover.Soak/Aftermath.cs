using Tachyon.Failover.Testing.Simulation;

namespace Tachyon.Failover.Soak;

/// <summary>What an operator would count after the runs that were completed, and at the end of all.</summary>
internal sealed class Aftermath(SimulatedPair pair)
{
    /// <summary>For how long after a completed run the node that was promoted is watched, unless another run is completed before.</summary>
    public static readonly TimeSpan Watched = TimeSpan.FromMinutes(10);

    /// <summary>No node votes if no vote has landed for so many slots.</summary>
    private const ulong Silence = 25;

    private readonly List<(DateTimeOffset At, SimulatedNode Target)> _completed = [];

    private DateTimeOffset Now => pair.Cluster.Events.Now;

    /// <summary>Until when the last of them is watched; null if nothing was completed.</summary>
    public DateTimeOffset? WatchedUntil => _completed is [.., var last] ? last.At + Watched : null;

    /// <summary>A run was completed: this node has the identity.</summary>
    public void Completed(SimulatedNode target) => _completed.Add((Now, target));

    /// <summary>For how long no vote landed after them, at most; null if nothing was completed.</summary>
    public double? SecondsWithoutVote()
    {
        if (_completed.Count == 0)
        {
            return null;
        }

        var landed = pair.Cluster.Chain.Votes.Where(static vote => vote.Landed).Select(static vote => vote.ArrivedAt).Order().ToList();
        return Enumerable.Range(0, _completed.Count).Max(number => Math.Round(LongestSilence(landed, _completed[number].At, EndOf(number)).TotalSeconds, 1));
    }

    /// <summary>Why the validator of a promoted node ended by itself within that time; null if none did.</summary>
    public string? TargetDied() => Enumerable.Range(0, _completed.Count)
        .SelectMany(number => _completed[number].Target.Exits.Where(exit => exit.At >= _completed[number].At && exit.At <= EndOf(number)))
        .Select(static exit => Words(exit.Reason)).FirstOrDefault();

    /// <summary>Why no node votes although one could; null if a node votes, or none can.</summary>
    /// <param name="lastWords">The last coordinator's message.</param>
    public string? NeitherVotes(string lastWords)
    {
        var votes = pair.Cluster.Chain.Newest.VoteAccount.LastSlot + Silence >= pair.Cluster.Chain.Newest.Slot;
        return votes || !new[] { pair.A, pair.B }.Any(static node => node.Process is { IsStarted: true, IsFrozen: false, IsCutOff: false }) ? null : Words(lastWords);
    }

    private DateTimeOffset EndOf(int number)
    {
        var end = number + 1 < _completed.Count ? _completed[number + 1].At : Now;
        return end < _completed[number].At + Watched ? end : _completed[number].At + Watched;
    }

    private static TimeSpan LongestSilence(List<DateTimeOffset> landed, DateTimeOffset from, DateTimeOffset to)
    {
        var (last, longest) = (from, TimeSpan.Zero);
        foreach (var at in landed.Where(at => at > from && at < to).Append(to))
        {
            longest = at - last > longest ? at - last : longest;
            last = at;
        }

        return longest;
    }

    /// <summary>The first line of the words, without the numbers, so that they can be counted.</summary>
    private static string Words(string words)
    {
        var plain = string.Join('#', words.Split('\n')[0].Split(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], StringSplitOptions.RemoveEmptyEntries));
        return plain.Length > 160 ? plain[..160] : plain;
    }
}
