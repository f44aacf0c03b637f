namespace Tachyon.Failover.Shells;

/// <summary>
/// Where programs of this machine are. .NET looks for a program without a folder in the current folder first, where whoever wrote there last decides what is run: so none is ever
/// started by its bare name.
/// </summary>
internal static class Programs
{
    /// <summary>The shell that every Unix has.</summary>
    public const string UnixShell = "/bin/sh";

    /// <summary>The whole path of a program; null if it is nowhere.</summary>
    /// <param name="program">A path, or a name that the PATH is searched for. Entries of the PATH that depend on the current folder are passed over. On Unix, <c>sh</c> is always <see cref="UnixShell"/>.</param>
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
