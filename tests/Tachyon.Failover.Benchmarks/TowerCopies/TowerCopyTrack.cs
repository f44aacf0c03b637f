using Tachyon.Failover.Benchmarks.Takeovers;

namespace Tachyon.Failover.Benchmarks.TowerCopies;

/// <summary>Measures with a watch and without.</summary>
internal static class TowerCopyTrack
{
    public static async Task<TowerCopyCost> RunAsync(TimeSpan length, ulong seed, CancellationToken cancellationToken)
    {
        await using var stand = await TakeoverStand.SetAsync(seed, TimeSpan.Zero, TakeoverRules.Usual, cancellationToken);
        await stand.AwaitHealthAsync(cancellationToken);
        var before = Kept(stand.Watch);
        var watched = await ShareAsync(stand.Lost.Folder, length, cancellationToken);
        var slots = Kept(stand.Watch) - before;

        await stand.EndWatchAsync();
        var idle = await ShareAsync(stand.Lost.Folder, length, cancellationToken);
        return new TowerCopyCost(idle, watched, slots, length);
    }

    private static ulong Kept(ValidatorMonitor watch) => watch.TowerCopy?.StoredSlot ?? throw new InvalidOperationException("No tower is kept.");

    private static async Task<double> ShareAsync(string folder, TimeSpan length, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var before = TicksOf(folder);
        await Task.Delay(length, TimeProvider.System, cancellationToken);
        return (TicksOf(folder) - before) / (HostProcess.TicksPerSecond * TimeProvider.System.GetElapsedTime(begun).TotalSeconds);
    }

    /// <summary>All that the node's sshd has had, and what it has started.</summary>
    private static long TicksOf(string folder)
    {
        var all = HostProcess.All();
        var server = all.Single(process => process.Parent == Environment.ProcessId && process.Mentions(folder) && process.Mentions("sshd"));
        return server.Ticks + HostProcess.Below(server.Id, all).Sum(static process => process.Ticks);
    }
}
