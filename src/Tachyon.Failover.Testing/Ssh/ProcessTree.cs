using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Tachyon.Failover.Testing.Ssh;

/// <summary>Processes and their descendants.</summary>
internal static class ProcessTree
{
    /// <summary>All descendants of a process.</summary>
    public static IReadOnlyList<int> DescendantsOf(int root)
    {
        var children = ReadParents().ToLookup(pair => pair.Parent, pair => pair.Child);
        var found = new List<int>();
        var next = new Queue<int>([root]);
        while (next.TryDequeue(out var parent))
        {
            foreach (var child in children[parent])
            {
                found.Add(child);
                next.Enqueue(child);
            }
        }

        return found;
    }

    /// <summary>Kills a process. A process that has ended counts as killed.</summary>
    public static void Kill(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            found.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // The process has ended.
        }
    }

    private static IEnumerable<(int Parent, int Child)> ReadParents() => Directory.Exists("/proc/self") ? ReadProc() : AskPs();

    private static IEnumerable<(int Parent, int Child)> ReadProc()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var child))
            {
                continue;
            }

            string text;
            try
            {
                text = File.ReadAllText(Path.Combine(folder, "stat"));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            // The name is in parentheses and may contain any character. State and parent follow the last one.
            var words = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            yield return (int.Parse(words[1], CultureInfo.InvariantCulture), child);
        }
    }

    private static IEnumerable<(int Parent, int Child)> AskPs()
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/ps", ["-axo", "ppid=,pid="]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            yield return (int.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture));
        }
    }
}
