using Tachyon.Failover.Contracts;

namespace Tachyon.Failover.IntegrationTests.Nodes;

/// <summary>
/// A <c>sudo</c> that records its arguments and runs them as the present user, and tools that record the user who
/// runs them. They come first in the PATH.
/// </summary>
internal sealed class FakeSudo
{
    private static readonly string[] Tools =
        ["base64", "cat", "chmod", "chown", "cut", "date", "flock", "grep", "head", "ln", "mv", "readlink", "rm", "sha256sum", "sleep", "stat", "sync", "tail", "timeout", "tr"];

    private const string SudoScript =
        """
        #!/bin/sh
        printf '%s %s %s %s %s %s %s\n' "$#" "$1" "$2" "$3" "$4" "$5" "$6" >>"$FAKE_SUDO/calls"
        test ! -e "$FAKE_SUDO/refuse" || { echo 'sudo: a password is required' >&2; exit 1; }
        RUNS_AS=$3; export RUNS_AS
        shift 4
        exec "$@"
        """;

    private const string ToolScript =
        """
        #!/bin/sh
        words=$*
        printf '%s %s %s\n' "${RUNS_AS:-nobody}" "${0##*/}" "${words%%
        *}" >>"$FAKE_SUDO/tools"
        exec REAL "$@"
        """;

    private readonly string _folder;

    public FakeSudo(TemporaryFolder folder, string? validatorProgram = null)
    {
        _folder = Directory.CreateDirectory(folder.File("sudo")).FullName;
        var bin = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        Program = Path.Combine(bin, "tachyon-validator");
        Write(Path.Combine(bin, "sudo"), SudoScript);
        Write(Program, ToolScript.Replace("REAL", validatorProgram ?? "/bin/false", StringComparison.Ordinal));
        foreach (var tool in Tools)
        {
            Write(Path.Combine(bin, tool), ToolScript.Replace("REAL", $"/usr/bin/{tool}", StringComparison.Ordinal));
        }

        Environment = new Dictionary<string, string> { ["PATH"] = $"{bin}:/usr/local/bin:/usr/bin:/bin", ["FAKE_SUDO"] = _folder };
    }

    /// <summary>What shells on the node must have in their environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The validator's program, without the record.</summary>
    public string Program { get; }

    /// <summary>For each call, how many arguments there were, and all but the last of seven.</summary>
    public IReadOnlyList<string> Calls => Lines("calls");

    /// <summary>For each tool that was run, the user, its name and its arguments.</summary>
    public IReadOnlyList<string> ToolsRun => Lines("tools");

    /// <summary>Makes it ask for a password from now on. No one types one.</summary>
    public void Refuse() => File.WriteAllText(Path.Combine(_folder, "refuse"), "");

    private static void Write(string path, string script)
    {
        File.WriteAllText(path, script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string[] Lines(string file) => File.Exists(Path.Combine(_folder, file)) ? File.ReadAllLines(Path.Combine(_folder, file)) : [];
}
