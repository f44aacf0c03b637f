using System.Globalization;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tachyon.Failover.Testing.Ssh;

/// <summary>
/// A real OpenSSH server on 127.0.0.1, with its own host key, login key, <c>known_hosts</c> and home folder, all in one folder.
/// Several may run side by side. Needs OpenSSH's <c>sshd</c> and <c>ssh-keygen</c>; runs as root and as an ordinary user.
/// </summary>
/// <remarks>Thread-safe, except that starting and stopping must not overlap. Disposing stops the server and leaves the folder.</remarks>
public sealed class LoopbackSshd : IAsyncDisposable
{
    private const int KeptLog = 64_000;

    private static readonly string[] Places = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/local/bin/sshd", "/opt/homebrew/sbin/sshd", "/usr/bin/sshd"];
    private static readonly string[] SftpPrograms = ["/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server", "/usr/libexec/sftp-server", "/usr/lib/ssh/sftp-server"];

    private readonly string _program;
    private readonly TimeSpan _startTimeout;
    private readonly TimeProvider _time;
    private readonly StringBuilder _log = new();
    private readonly Lock _logLock = new();
    private Process? _process;

    private LoopbackSshd(string program, string folder, string name, int port, TimeSpan startTimeout, TimeProvider time)
    {
        _program = program;
        _startTimeout = startTimeout;
        _time = time;
        Folder = folder;
        Name = name;
        Port = port;
    }

    /// <summary>Whether this machine has <c>sshd</c> and <c>ssh-keygen</c>.</summary>
    public static bool IsInstalled => FindProgram() is not null && SshKeygen.IsInstalled;

    /// <summary>What to do when <see cref="IsInstalled"/> is false.</summary>
    public static string InstallationRemedy => "sshd or ssh-keygen was not found. Remedy: apt-get install openssh-server";

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>The folder with all its files.</summary>
    public string Folder { get; }

    /// <summary>Its TCP port on 127.0.0.1. The same after every start.</summary>
    public int Port { get; }

    /// <summary>The login user: the user of this process.</summary>
    public string User { get; } = Environment.UserName;

    /// <summary>The <c>HOME</c> of its logins, and their current folder.</summary>
    public string Home => Path.Combine(Folder, "home");

    /// <summary>A private key that it accepts, without passphrase.</summary>
    public string ClientKeyFile => Path.Combine(Folder, "client_key");

    /// <summary>A <c>known_hosts</c> with its host keys, under <c>[127.0.0.1]:port</c>.</summary>
    public string KnownHostsFile => Path.Combine(Folder, "known_hosts");

    /// <summary>The public keys that it accepts.</summary>
    public string AuthorizedKeysFile => Path.Combine(Folder, "authorized_keys");

    /// <summary>The private host key file of the first type. Its public half is beside it, with <c>.pub</c>.</summary>
    public string HostKeyFile => HostKeyFiles[0];

    /// <summary>The private host key files, in the order of the types.</summary>
    public IReadOnlyList<string> HostKeyFiles { get; private set; } = [];

    /// <summary>Whether it listens.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Its log so far; at least the last 64,000 characters.</summary>
    public string Log
    {
        get
        {
            lock (_logLock)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Writes the server's keys for another port in front of it, as a link has one. May be repeated.</summary>
    /// <param name="port">The port on 127.0.0.1, 1 to 65535.</param>
    /// <returns>The path of a <c>known_hosts</c> file beside <see cref="KnownHostsFile"/>.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public string WriteKnownHostsFor(int port)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{KnownHostsFile}_{port}");
        File.WriteAllText(path, File.ReadAllText(KnownHostsFile).Replace(string.Create(CultureInfo.InvariantCulture, $"]:{Port}"), string.Create(CultureInfo.InvariantCulture, $"]:{port}"), StringComparison.Ordinal));
        return path;
    }

    /// <summary>Creates the keys and the configuration, and starts the server.</summary>
    /// <param name="folder">A folder for its files; created if it is not there. Not in use by another server.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="options">Its options; null for an Ed25519 host key and nothing else.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="LoopbackSshdException">OpenSSH is not installed, or the server did not start; the message holds its log.</exception>
    public static async Task<LoopbackSshd> StartAsync(
        string folder, string name = "sshd", LoopbackSshdOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        options ??= new LoopbackSshdOptions();
        var program = FindProgram() ?? throw new LoopbackSshdException(InstallationRemedy);
        var full = Path.GetFullPath(folder);
        if (full.Contains('"', StringComparison.Ordinal) || full.Contains('%', StringComparison.Ordinal))
        {
            throw new LoopbackSshdException($"{full} holds a quote or a percent sign, which sshd_config cannot take. Remedy: use another folder.");
        }

        var server = new LoopbackSshd(program, full, name, FreePort(), options.StartTimeout, options.TimeProvider);
        await server.PrepareAsync(options, cancellationToken).ConfigureAwait(false);
        await server.StartAgainAsync(cancellationToken).ConfigureAwait(false);
        return server;
    }

    /// <summary>Starts it after a stop, on the same port. Does nothing if it runs.</summary>
    /// <exception cref="LoopbackSshdException">It did not start; the message holds its log.</exception>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        if (IsRunning)
        {
            return;
        }

        _process?.Dispose();
        var start = new ProcessStartInfo(_program) { RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in new[] { "-D", "-e", "-f", ConfigurationFile })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new LoopbackSshdException($"{Name}: sshd was not started.");
        _process = process;
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = FollowLogAsync(process, listening);
        try
        {
            await listening.Task.WaitAsync(_startTimeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            await StopAsync().ConfigureAwait(false);
            throw new LoopbackSshdException($"{Name}: sshd does not listen on 127.0.0.1:{Port}. Its log:{Environment.NewLine}{Log}", exception);
        }
    }

    /// <summary>Kills the server and all its sessions at once: connections break as in a crash of the host. May be repeated.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        // Find the sessions first: without their parent they cannot be identified. Kill them last, so that none starts anew.
        var sessions = ProcessTree.DescendantsOf(process.Id);
        ProcessTree.Kill(process.Id);
        await process.WaitForExitAsync().ConfigureAwait(false);
        foreach (var session in sessions)
        {
            ProcessTree.Kill(session);
        }
    }

    /// <summary>Kills the processes of all sessions. The server continues to listen.</summary>
    /// <returns>How many processes were killed, scripts included.</returns>
    public Task<int> KillSessionsAsync() => Task.Run(() =>
    {
        var sessions = _process is { HasExited: false } process ? ProcessTree.DescendantsOf(process.Id) : [];
        foreach (var session in sessions)
        {
            ProcessTree.Kill(session);
        }

        return sessions.Count;
    });

    /// <summary>Stops the server. Its files stay.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _process?.Dispose();
        _process = null;
    }

    private string ConfigurationFile => Path.Combine(Folder, "sshd_config");

    private static string? FindProgram()
    {
        var inPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted)
            .Select(folder => Path.Combine(folder, "sshd"));

        // sshd starts itself anew for each session, by its absolute path.
        return Places.Concat(inPath).FirstOrDefault(File.Exists);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task PrepareAsync(LoopbackSshdOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Home);
        if (string.Equals(User, "root", StringComparison.Ordinal))
        {
            // As root, sshd confines its unprivileged part here. Debian creates the folder at boot only.
            Directory.CreateDirectory("/run/sshd");
        }

        HostKeyFiles = [.. options.HostKeyTypes.Select(type => Path.Combine(Folder, $"host_key_{type}"))];
        var knownHosts = new StringBuilder();
        foreach (var (type, file) in options.HostKeyTypes.Zip(HostKeyFiles))
        {
            var key = await SshKeygen.CreateKeyAsync(file, type, passphrase: null, cancellationToken).ConfigureAwait(false);
            knownHosts.Append($"[127.0.0.1]:{Port} {key}\n");
        }

        var clientKey = await SshKeygen.CreateKeyAsync(ClientKeyFile, SshKeyType.Ed25519, passphrase: null, cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(KnownHostsFile, knownHosts.ToString(), cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(AuthorizedKeysFile, clientKey + "\n", cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(ConfigurationFile, Configuration(options), cancellationToken).ConfigureAwait(false);
    }

    private string Configuration(LoopbackSshdOptions options)
    {
        var text = new StringBuilder();
        foreach (var line in options.ExtraConfiguration)
        {
            text.Append(line).Append('\n');
        }

        text.Append($"Port {Port}\nListenAddress 127.0.0.1\nPidFile none\nLogLevel VERBOSE\n");
        foreach (var file in HostKeyFiles)
        {
            text.Append($"HostKey \"{file}\"\n");
        }

        // Uses no account data of the machine: only the key from here opens it.
        text.Append($"AuthorizedKeysFile \"{AuthorizedKeysFile}\"\nStrictModes no\nUsePAM no\nPubkeyAuthentication yes\n");
        text.Append("PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\n");
        text.Append("PrintMotd no\nPrintLastLog no\nUseDNS no\nX11Forwarding no\nAllowTcpForwarding yes\nMaxStartups 100\n");
        text.Append($"MaxSessions {options.MaxSessions}\n");

        // The forced command below runs the SFTP server as well. It could not run the one inside sshd.
        if (SftpPrograms.FirstOrDefault(File.Exists) is { } sftp)
        {
            text.Append($"Subsystem sftp {sftp}\n");
        }

        // bash reads ~/.bashrc before it runs a command for sshd. That file may be slow, and a login that is killed
        // while it runs may leave a lock that blocks all later logins.
        text.Append($"SetEnv HOME=\"{Home}\"\n");

        // The login starts in the home folder. The user's shell still runs the command.
        var exports = string.Concat(options.Environment.Select(variable => $"export {variable.Key}={Quote(variable.Value)}; "));
        text.Append($"ForceCommand cd {Quote(Home)} && {exports}eval \"$SSH_ORIGINAL_COMMAND\"\n");
        return text.ToString();
    }

    private static string Quote(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private async Task FollowLogAsync(Process process, TaskCompletionSource listening)
    {
        while (await process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            lock (_logLock)
            {
                _log.AppendLine(line);
                if (_log.Length > 2 * KeptLog)
                {
                    _log.Remove(0, _log.Length - KeptLog);
                }
            }

            if (line.Contains($"Server listening on 127.0.0.1 port {Port}", StringComparison.Ordinal))
            {
                listening.TrySetResult();
            }
        }

        listening.TrySetException(new InvalidOperationException("sshd ended."));
    }
}
