using System.Globalization;

namespace Tachyon.Failover.Benchmarks;

/// <summary>A process of this machine, as <c>/proc</c> has it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">The number of the process that started it.</param>
/// <param name="Ticks">Its processor time, and that of its ended descendants; in hundredths of a second.</param>
internal sealed record HostProcess(int Id, int Parent, long Ticks)
{
    public const int TicksPerSecond = 100;

    /// <summary>All that there are.</summary>
    public static IReadOnlyList<HostProcess> All() =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).OfType<string>().Where(static name => name.All(char.IsAsciiDigit)).Select(Read).OfType<HostProcess>()];

    /// <summary>Those of them below a process, however deep.</summary>
    public static IEnumerable<HostProcess> Below(int root, IReadOnlyList<HostProcess> all)
    {
        var parents = all.ToDictionary(static process => process.Id, static process => process.Parent);
        return all.Where(process => process.Id != root && IsBelow(process.Id));

        bool IsBelow(int id) => parents.TryGetValue(id, out var parent) && (parent == root || (parent > 1 && IsBelow(parent)));
    }

    /// <summary>Whether it works in a folder, or was given something of it as an argument.</summary>
    public bool IsIn(string folder) =>
        Quietly(() => new FileInfo($"/proc/{Id}/cwd").LinkTarget)?.StartsWith(folder, StringComparison.Ordinal) == true
        || Mentions(folder);

    /// <summary>Whether a text is in the words that it was started with.</summary>
    public bool Mentions(string text) => Quietly(() => File.ReadAllText($"/proc/{Id}/cmdline"))?.Contains(text, StringComparison.Ordinal) == true;

    private static HostProcess? Read(string name)
    {
        if (Quietly(() => File.ReadAllText($"/proc/{name}/stat")) is not { } stat)
        {
            return null;
        }

        // The name is in parentheses and may contain any character. State and parent follow the last one (proc_pid_stat(5)).
        var words = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new HostProcess(
            int.Parse(name, CultureInfo.InvariantCulture),
            int.Parse(words[1], CultureInfo.InvariantCulture),
            words[11..15].Sum(static word => long.Parse(word, CultureInfo.InvariantCulture)));
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
