namespace Tachyon.Failover.Shells.OpenSsh;

/// <summary>The error messages of OpenSSH's <c>ssh</c>, and what an operator can do about each. The texts have not changed for twenty years.</summary>
internal static class OpenSshWords
{
    private const int LongestWords = 600;
    private const int FingerprintLength = 50;

    private static readonly string[] Changed = ["IDENTIFICATION HAS CHANGED"];
    private static readonly string[] Revoked = ["REVOKED HOST KEY", "revoked host key"];
    private static readonly string[] Unknown = ["host key is known for", "Host key verification failed"];
    private static readonly string[] Refused = ["Permission denied (", "Too many authentication failures", "No more authentication methods"];
    private static readonly string[] Channel = ["request failed on channel", "open failed: ", "administratively prohibited", "tdio forward", "ession open refused"];

    private static readonly string[] Configuration =
    [
        "Bad configuration option", "bad configuration options", "Bad owner or permissions on", "Can't open user config file", "issing argument", "extra arguments at end of line",
        "unsupported option", "command-line line 0", "no argument after keyword",
    ];

    private static readonly string[] Lost = ["Connection to ", "Read from remote host ", "Timeout, server ", "client_loop: ", "Shared connection to ", "mux_client_request_session: "];

    /// <summary>Whether a last line is <c>ssh</c>'s message about a lost connection; it ends its own lines with a carriage return.</summary>
    public static bool IsLoss(string line) => line.EndsWith('\r') && Array.Exists(Lost, words => line.StartsWith(words, StringComparison.Ordinal));

    /// <summary>Explains why there is no session.</summary>
    /// <param name="words">The messages of <c>ssh</c> and of the login on the host.</param>
    /// <param name="options">The host and the user that were asked.</param>
    /// <param name="exitCode">The exit code of <c>ssh</c>; null if it was killed after its time limit.</param>
    public static (ShellFailure Failure, string Explanation) Explain(string words, OpenSshShellOptions options, int? exitCode)
    {
        var said = Said(words);
        if (Says(words, Changed))
        {
            return (ShellFailure.HostKeyRefused, $"the host key has changed{Key(words)}{said}. Remedy: ask the host's owner whether its key was changed; only if so, "
                + "replace the named line. Otherwise another host intercepts the connection");
        }

        if (Says(words, Revoked))
        {
            return (ShellFailure.HostKeyRefused, $"the host key is revoked{said}. Remedy: give the host another key, and its public half to known_hosts");
        }

        if (Says(words, Unknown))
        {
            var file = options.KnownHostsFile ?? "~/.ssh/known_hosts";
            return (ShellFailure.HostKeyRefused, $"the host key is unknown{said}. Remedy: read the host's keys with `ssh-keyscan`, compare them with its owner's fingerprints "
                + $"(`ssh-keygen -lf` on the host prints the fingerprints), and add the line to {file}");
        }

        if (Says(words, Refused))
        {
            var key = options.IdentityFile is { } file ? $"the key {file}" : "any key of ssh_config or the agent";
            return (ShellFailure.AuthenticationRefused, $"the host does not accept {key}{said}. Remedy: add the key's public half to ~/.ssh/authorized_keys of the user on the host, or "
                + "give another key or user; a key with a passphrase must be in an agent (`ssh-add -l` lists it), since it cannot be asked for here");
        }

        if (Says(words, Configuration))
        {
            return (ShellFailure.ProgramUnusable, $"ssh rejects its configuration{said}. Remedy: correct the named entry in ssh_config or the options");
        }

        if (exitCode is null)
        {
            return (ShellFailure.Unreachable, FormattableString.Invariant($"no session within {options.StartTimeout.TotalSeconds:0.###} s{said}. Remedy: check that the host, and the jump host if there is one, answers ")
                + $"on its port, and that its sh starts; a key that must be touched needs a longer {nameof(OpenSshShellOptions.StartTimeout)}");
        }

        if (exitCode != 255 || Says(words, Channel))
        {
            return (ShellFailure.ChannelRefused, $"the host did not start sh (exit status {exitCode}){said}. The script has not run. Remedy: give the user a login shell that runs commands (no "
                + "ForceCommand), check that sh is in its PATH, and raise MaxSessions in the host's sshd_config if connections are shared");
        }

        return (ShellFailure.Unreachable, $"no connection{said}. Remedy: check that the name and port are right, that sshd runs, and that no firewall blocks it; `ssh -v` shows more");
    }

    private static bool Says(string words, string[] any) => Array.Exists(any, one => words.Contains(one, StringComparison.Ordinal));

    private static string Said(string words)
    {
        var lines = words.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('@'));
        var all = ForeignText.Clean(string.Join(' ', lines), int.MaxValue);
        return all.Length == 0 ? "" : $"; the messages: {(all.Length > LongestWords ? all[^LongestWords..] : all).TrimEnd('.')}";
    }

    private static string Key(string words)
    {
        var at = words.IndexOf("SHA256:", StringComparison.Ordinal);
        return at >= 0 && at + FingerprintLength <= words.Length ? $" to {ForeignText.Clean(words.Substring(at, FingerprintLength))}" : "";
    }
}
