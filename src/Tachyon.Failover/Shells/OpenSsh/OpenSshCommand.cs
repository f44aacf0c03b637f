using System.Diagnostics;
using System.Globalization;

namespace Tachyon.Failover.Shells.OpenSsh;

/// <summary>The command line of <c>ssh</c>. If an option occurs twice, the first counts. It takes precedence over <c>ssh_config</c>.</summary>
internal sealed class OpenSshCommand(OpenSshShellOptions options)
{
    // A terminal sends Ctrl+C to all its programs. The coordinator handles it and may have to continue, but ssh would end. Without
    // a terminal, the ssh of a jump host, which has no BatchMode, cannot ask anything either.
    private const string Launcher = "trap '' INT QUIT HUP; if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; fi; exec \"$@\"";

    /// <summary>The command line that runs a command on the host.</summary>
    public ProcessStartInfo Run(string program, string command) => Start(program, "INFO", [], [command]);

    /// <summary>The command line that connects the standard streams with a port as the host sees it. Only debug messages show that it is connected.</summary>
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

        // The messages of ssh are parsed. A host that accepts LC_* from its clients answers in the same language.
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

            // Without a terminal ssh marks its packets as bulk, which routers send last. "none" gives the system's default.
            "IPQoS=none",
        ];
        return [.. file, "-T", "-a", "-x", .. settings.SelectMany(setting => (string[])["-o", setting]), .. port, .. user, .. identity];
    }

    // ssh ends one interval after the last question that may stay unanswered.
    private string[] KeepAlive()
    {
        var questions = (long)Math.Ceiling(options.DeadPeerLimit / options.KeepAliveInterval) - 1;
        return [$"ServerAliveInterval={Text((long)options.KeepAliveInterval.TotalSeconds)}", $"ServerAliveCountMax={Text(questions)}"];
    }

    private static string WithoutTokens(string path) => path.Replace("%", "%%", StringComparison.Ordinal);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
