namespace Tachyon.Failover.Shells;

/// <summary>
/// Finds programs of this machine. For a bare name .NET searches the current folder first, where another user may have put a program.
/// So no program is started by its bare name.
/// </summary>
internal static class Programs
{
    /// <summary>The shell that every Unix has.</summary>
    public const string UnixShell = "/bin/sh";

    /// <summary>The full path of a program; null if it is not found.</summary>
    /// <param name="program">A path, or a name to search in the PATH. Relative entries of the PATH are ignored. On Unix, <c>sh</c> is always <see cref="UnixShell"/>.</param>
    public static string? Find(string program)
    {
        if (program.AsSpan().ContainsAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar))
        {
            return File.Exists(program) ? Path.GetFullPath(program) : null;
        }

        if (program == "sh" && !OperatingSystem.IsWindows())
        {
            return UnixShell;
        }

        string[] endings = OperatingSystem.IsWindows() ? ["", ".exe"] : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending)))
            .FirstOrDefault(File.Exists);
    }
}
