using System.Diagnostics;
using System.Globalization;

namespace Tachyon.Failover.Shells.OpenSsh;

/// <summary>The command line of <c>ssh</c>. Of two options for one thing the first counts, also before <c>ssh_config</c>.</summary>
internal sealed class OpenSshCommand(OpenSshShellOptions options)
{
    // A terminal's Ctrl+C goes to all that runs in it. The coordinator heeds it and may have to go on; ssh would end in the middle. Without
    // a terminal, the ssh of a jump host, which is not told BatchMode, cannot ask anything either.
    private const string Launcher = "trap '' INT QUIT HUP; if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; fi; exec \"$@\"";

    /// <summary>The call for a command on the host.</summary>
    public ProcessStartInfo Run(string program, string command) => Start(program, "INFO", [], [command]);

    /// <summary>The call that connects the standard streams with a port as the host sees it. That it stands is only told among what is for debugging.</summary>
    public ProcessStartInfo Forward(string program, string host, int port)
    {
        var address = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return Start(program, "DEBUG2", ["-W", $"{address}:{Text(port)}"], []);
    }

    private ProcessStartInfo Start(string program, string logLevel, IEnumerable<string> what, IEnumerable<string> command)
    {
        string[] launch = OperatingSystem.IsWindows() ? [program] : [Programs.UnixShell, "-c", Launcher, "sh", program];
        var start = new ProcessStartInfo(launch[0], [.. launch[1..], .. Arguments(logLevel), .. what, "--", options.Host, .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };

        // What ssh says is read here. A host that takes LC_* from its clients answers in the same tongue.
        start.Environment["LC_ALL"] = "C";
        start.Environment["SSH_ASKPASS_REQUIRE"] = "never";
        start.Environment.Remove("SSH_ASKPASS");
        return start;
    }

    private IEnumerable<string> Arguments(string logLevel)
    {
        IEnumerable<string> file = options.ConfigFile is { } config ? ["-F", config] : [];
        IEnumerable<string> knownHosts = options.KnownHostsFile is { } known
            ? [$"UserKnownHostsFile=\"{WithoutTokens(known)}\"", "GlobalKnownHostsFile=/dev/null"]
            : [];
        IEnumerable<string> sharing = options.AllowMultiplexing ? [] : ["ControlPath=none"];
        IEnumerable<string> identity = options.IdentityFile is { } key ? ["-i", WithoutTokens(key), "-o", "IdentitiesOnly=yes"] : [];
        IEnumerable<string> port = options.Port is { } number ? ["-p", Text(number)] : [];
        IEnumerable<string> user = options.User is { } name ? ["-l", name] : [];
        IEnumerable<string> settings =
        [
            "BatchMode=yes", "StrictHostKeyChecking=yes", "NoHostAuthenticationForLocalhost=no", "VerifyHostKeyDNS=no", "UpdateHostKeys=no", .. knownHosts,
            $"LogLevel={logLevel}", "RequestTTY=no", "RemoteCommand=none", "PermitLocalCommand=no", "ClearAllForwardings=yes",
            .. KeepAlive(), "ControlMaster=no", .. sharing, .. options.ExtraOptions,

            // Without a terminal ssh marks its packets as bulk, to be sent after all others. None is what any other program's have.
            "IPQoS=none",
        ];
        return [.. file, "-T", "-a", "-x", .. settings.SelectMany(setting => (string[])["-o", setting]), .. port, .. user, .. identity];
    }

    // ssh gives up one interval after the last question that it may leave unanswered.
    private string[] KeepAlive()
    {
        var questions = (long)Math.Ceiling(options.DeadPeerLimit / options.KeepAliveInterval) - 1;
        return [$"ServerAliveInterval={Text((long)options.KeepAliveInterval.TotalSeconds)}", $"ServerAliveCountMax={Text(questions)}"];
    }

    private static string WithoutTokens(string path) => path.Replace("%", "%%", StringComparison.Ordinal);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
