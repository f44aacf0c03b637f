namespace Tachyon.Failover.Shells;

/// <summary>How a <see cref="SshNetShell"/> reaches its host.</summary>
/// <remarks>The shell copies them: a later change has no effect. Not thread safe while they are changed. Holds no secret: the key stays in its file, the passphrase with its provider.</remarks>
public sealed class SshNetShellOptions
{
    /// <summary>The name or address of the host. <c>known_hosts</c> is searched for the same name.</summary>
    public required string Host { get; set; }

    /// <summary>The TCP port of the host's SSH server.</summary>
    /// <value>22.</value>
    public int Port { get; set; } = 22;

    /// <summary>The user to log in as.</summary>
    public required string User { get; set; }

    /// <summary>The private key file on this machine: Ed25519, RSA or ECDSA, as <c>ssh-keygen</c> writes them.</summary>
    public required string KeyFile { get; set; }

    /// <summary>
    /// Provides the key's passphrase. Called once for each connection, and only if the key has one. The passphrase is not kept, logged
    /// or put into a message. Called from any thread; may block.
    /// </summary>
    /// <value>Null for none.</value>
    public Func<string?>? KeyPassphrase { get; set; }

    /// <summary>How the host proves its identity.</summary>
    public required HostKeyPolicy HostKeys { get; set; }

    /// <summary>How long connecting and logging in may take together.</summary>
    /// <value>10 s; 100 ms to 5 min.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the host may take to start a script, from asking for a channel to the first sign of <c>sh</c>.</summary>
    /// <value>10 s; 100 ms to 5 min.</value>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often the host is asked for a heartbeat. An <c>sh</c> that the connection runs on the host answers:
    /// SSH.NET's own keep-alive expects no answer.
    /// </summary>
    /// <value>2 s; 50 ms to 1 min.</value>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>After how much silence, although the host was asked, the connection counts as lost.</summary>
    /// <value>10 s; at least twice <see cref="KeepAliveInterval"/>, at most 5 min.</value>
    public TimeSpan DeadPeerLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether the minimum of the process's thread pool (<see cref="ThreadPool.SetMinThreads"/>) is raised by one for each open forwarded connection. SSH.NET blocks a thread
    /// of the pool for each; without spare threads the rest of the program may wait for seconds, and calls end without an answer. A node's RPC has two such connections, a pair four.
    /// </summary>
    /// <value>True. With false the setting of the process is unchanged; then raise the minimum yourself before the first call.</value>
    public bool GrowsThreadPool { get; set; } = true;

    /// <summary>A copy.</summary>
    internal SshNetShellOptions Copy() => Copies.Of(this);

    /// <summary>All errors in these options, a sentence each; empty if there is none. Does not read files or the network.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new SettingErrors();
        CheckHost(errors);
        errors.CheckPort(nameof(Port), Port);
        errors.CheckUserName(nameof(User), User ?? "");
        if (string.IsNullOrWhiteSpace(KeyFile))
        {
            errors.Add($"{nameof(KeyFile)} is empty; give the path of a private key on this machine, such as ~/.ssh/id_ed25519 written out in full.");
        }

        if (HostKeys is null)
        {
            errors.Add($"{nameof(HostKeys)} is missing; give {nameof(HostKeyPolicy)}.{nameof(HostKeyPolicy.KnownHosts)}(path) or "
                + $"{nameof(HostKeyPolicy)}.{nameof(HostKeyPolicy.Fingerprint)}(\"SHA256:…\").");
        }

        var most = TimeSpan.FromMinutes(5);
        errors.CheckRange(nameof(ConnectTimeout), ConnectTimeout, TimeSpan.FromMilliseconds(100), most);
        errors.CheckRange(nameof(StartTimeout), StartTimeout, TimeSpan.FromMilliseconds(100), most);
        errors.CheckRange(nameof(KeepAliveInterval), KeepAliveInterval, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));
        var least = KeepAliveInterval > TimeSpan.Zero && KeepAliveInterval < most ? 2 * KeepAliveInterval : TimeSpan.FromMilliseconds(100);
        errors.CheckRange(nameof(DeadPeerLimit), DeadPeerLimit, least, most);
        return errors.All;
    }

    private void CheckHost(SettingErrors errors)
    {
        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown)
        {
            errors.Add($"{nameof(Host)} is '{Host}'; give a host name or an IP address, without user and port.");
        }
    }
}
