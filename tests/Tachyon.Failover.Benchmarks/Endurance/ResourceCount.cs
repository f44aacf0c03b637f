using System.Diagnostics;
using System.Globalization;

namespace Tachyon.Failover.Benchmarks.Endurance;

/// <summary>What this process holds, here and on the hosts.</summary>
internal sealed record ResourceCount
{
    // The pool adds and removes threads with the load, and the runtime creates some once.
    private const int MoreThreads = 4;

    // Created once and late: code and tables of the runtime, buffers of its pools.
    private const long MoreBytes = 1_000_000;

    // The runtime recompiles hot code, and the system takes pages back at any time.
    private const long MoreResidentBytes = 32_000_000;

    public required int Switchovers { get; init; }

    /// <summary>What is alive on the heap after a full collection.</summary>
    public required long HeapBytes { get; init; }

    /// <summary>The memory of the whole process.</summary>
    public required long ResidentBytes { get; init; }

    public required int Sockets { get; init; }

    /// <summary>All open descriptors, sockets and pipes included, but not the libraries, which the runtime opens when they are first needed.</summary>
    public required int Descriptors { get; init; }

    public required int Threads { get; init; }

    /// <summary>All processes below this one, and all that have their place or their arguments in the scene's folder: on this machine the hosts' processes
    /// are among them, including orphans.</summary>
    public required int Processes { get; init; }

    /// <summary>Counts.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no <c>/proc</c>.</exception>
    public static ResourceCount Take(int switchovers, string folder)
    {
        if (!Directory.Exists("/proc/self/fd"))
        {
            throw new PlatformNotSupportedException("Descriptors and processes are counted in /proc, which Linux has.");
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var memory = GC.GetGCMemoryInfo(GCKind.Any);
        using var self = Process.GetCurrentProcess();
        var descriptors = Directory.GetFiles("/proc/self/fd").Select(file => Quietly(() => new FileInfo(file).LinkTarget)).OfType<string>()
            .Where(target => !target.EndsWith(".dll", StringComparison.Ordinal)).ToList();
        return new ResourceCount
        {
            Switchovers = switchovers,
            HeapBytes = memory.HeapSizeBytes - memory.FragmentedBytes,
            ResidentBytes = self.WorkingSet64,
            Sockets = descriptors.Count(target => target.StartsWith("socket:", StringComparison.Ordinal)),
            Descriptors = descriptors.Count,
            Threads = self.Threads.Count,
            Processes = ProcessesOf(folder),
        };
    }

    /// <summary>What of this is more than what was there before; empty if nothing is.</summary>
    public IReadOnlyList<string> MoreThan(ResourceCount before)
    {
        (string Name, long Now, long Before, long Margin)[] counts =
        [
            ("heap bytes", HeapBytes, before.HeapBytes, MoreBytes),
            ("resident bytes", ResidentBytes, before.ResidentBytes, MoreResidentBytes),
            ("sockets", Sockets, before.Sockets, 0),
            ("descriptors", Descriptors, before.Descriptors, 0),
            ("threads", Threads, before.Threads, MoreThreads),
            ("processes", Processes, before.Processes, 0),
        ];
        return [.. counts.Where(count => count.Now > count.Before + count.Margin).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Name}: {count.Before} became {count.Now}"))];
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Switchovers,6} {HeapBytes / 1024.0,10:0} KiB {ResidentBytes / 1048576.0,7:0} MiB {Sockets,8} {Descriptors,12} {Threads,8} {Processes,10}");

    private static int ProcessesOf(string folder)
    {
        var all = HostProcess.All();
        return all.Where(process => process.Id != Environment.ProcessId && process.IsIn(folder)).Union(HostProcess.Below(Environment.ProcessId, all)).Count();
    }

    // The process may have ended in the meantime.
    private static string? Quietly(Func<string?> look)
    {
        try
        {
            return look();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
