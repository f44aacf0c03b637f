using Tachyon.Failover.Shells.OpenSsh;

namespace Tachyon.Failover.Shells;

/// <summary>How an <see cref="OpenSshShell"/> calls <c>ssh</c>. For options that are not set, <c>ssh_config</c> applies.</summary>
/// <remarks>The shell copies them: a later change has no effect. Not thread safe while they are changed. Holds no secret: keys stay in their files, their agents and their tokens.</remarks>
public sealed class OpenSshShellOptions
{
    /// <summary>A name or address of the host, or a <c>Host</c> of <c>ssh_config</c>.</summary>
    public required string Host { get; set; }

    /// <summary>The user to log in as.</summary>
    /// <value>Null: as <c>ssh_config</c> says, otherwise the user of this process.</value>
    public string? User { get; set; }

    /// <summary>The TCP port of the host's SSH server.</summary>
    /// <value>Null: as <c>ssh_config</c> says, otherwise 22.</value>
    public int? Port { get; set; }

    /// <summary>
    /// The private key file to log in with, or, if an agent or a token holds the key, its name without <c>.pub</c>. Then no other key is
    /// offered. A key with a passphrase must be in an agent: the shell never asks for one.
    /// </summary>
    /// <value>Null: the keys of <c>ssh_config</c> and of the agent.</value>
    public string? IdentityFile { get; set; }

    /// <summary>The <c>known_hosts</c> file with the host's key, or with its certificate authority. Then no other file is used.</summary>
    /// <value>Null: the files of <c>ssh_config</c>.</value>
    public string? KnownHostsFile { get; set; }

    /// <summary>The <c>ssh_config</c> file to use instead of the user's and the system's.</summary>
    /// <value>Null for those two.</value>
    public string? ConfigFile { get; set; }

    /// <summary>
    /// More options, as <c>ssh -o</c> takes them: <c>ProxyJump=bastion</c>. They take precedence over <c>ssh_config</c>. Options that the shell sets itself, and
    /// those that decide which host keys are trusted, are refused.
    /// </summary>
    /// <value>None.</value>
    public IReadOnlyList<string> ExtraOptions { get; set; } = [];

    /// <summary>
    /// Whether to use a shared connection that its owner has opened (<c>ControlMaster</c>, <c>ControlPath</c>). Sessions then share its
    /// login (a hardware key is touched once), its heartbeats, and its end. The shell never opens one.
    /// </summary>
    /// <value>False: every session logs in on a connection of its own.</value>
    public bool AllowMultiplexing { get; set; }

    /// <summary>The program: a name in the PATH, or a path.</summary>
    /// <value><c>ssh</c>.</value>
    public string Program { get; set; } = "ssh";

    /// <summary>How long a session may take to start: connecting, logging in, and the first sign of <c>sh</c> together.</summary>
    /// <value>20 s; 100 ms to 5 min. Leave time for a touch if the key is in a hardware token.</value>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a silent host is asked for a heartbeat (<c>ServerAliveInterval</c>).</summary>
    /// <value>2 s; whole seconds, 1 s to 1 min.</value>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>After how much silence, although the host was asked, the connection counts as lost. Rounded up to whole intervals.</summary>
    /// <value>10 s; at least twice <see cref="KeepAliveInterval"/>, at most 5 min.</value>
    public TimeSpan DeadPeerLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A copy, with its lists.</summary>
    internal OpenSshShellOptions Copy() => this.With(static it => it.ExtraOptions = [.. it.ExtraOptions ?? []]);

    /// <summary>All errors in these options, a sentence each; empty if there is none. Does not read files or the network.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new SettingErrors();
        CheckHost(errors);
        errors.CheckUserName(nameof(User), User);
        errors.CheckPort(nameof(Port), Port ?? 1);
        CheckFile(errors, nameof(IdentityFile), IdentityFile);
        CheckFile(errors, nameof(KnownHostsFile), KnownHostsFile);
        CheckFile(errors, nameof(ConfigFile), ConfigFile);
        foreach (var (index, option) in (ExtraOptions ?? []).Index())
        {
            if (ExtraOption.Refuse(option) is { } reason)
            {
                errors.Add($"{nameof(ExtraOptions)}[{index}] is '{option}'; {reason}.");
            }
        }

        if (string.IsNullOrWhiteSpace(Program) || Program[0] == '-' || Program.Any(char.IsControl))
        {
            errors.Add($"{nameof(Program)} is '{Program}'; give the name or the path of OpenSSH's ssh.");
        }

        var most = TimeSpan.FromMinutes(5);
        errors.CheckRange(nameof(StartTimeout), StartTimeout, TimeSpan.FromMilliseconds(100), most);
        errors.CheckRange(nameof(KeepAliveInterval), KeepAliveInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        if (KeepAliveInterval.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            errors.Add($"{nameof(KeepAliveInterval)} is {KeepAliveInterval}; ssh counts in whole seconds, so give a number of them.");
        }

        var least = KeepAliveInterval > TimeSpan.Zero && KeepAliveInterval < most ? 2 * KeepAliveInterval : TimeSpan.FromSeconds(2);
        errors.CheckRange(nameof(DeadPeerLimit), DeadPeerLimit, least, most);
        return errors.All;
    }

    // ssh pastes the host into a ProxyCommand, which a shell reads. So only what names, addresses and their zones are made of may stand here.
    private void CheckHost(SettingErrors errors)
    {
        if (string.IsNullOrEmpty(Host) || Host[0] == '-' || Host.Any(static letter => !char.IsLetterOrDigit(letter) && letter is not ('.' or '-' or '_' or ':' or '[' or ']' or '%' or '+' or ',' or '=')))
        {
            errors.Add($"{nameof(Host)} is '{Host}'; give a host name, an IP address or a Host of ssh_config, without user and port.");
        }
    }

    private static void CheckFile(SettingErrors errors, string field, string? path)
    {
        if (path is null)
        {
            return;
        }

        if (!Path.IsPathFullyQualified(path))
        {
            errors.Add($"{field} is '{path}'; give a path on this machine, written out in full.");
        }
        else if (path.Any(char.IsControl) || path.Contains('"', StringComparison.Ordinal) || path.Contains("${", StringComparison.Ordinal))
        {
            errors.Add($"{field} is '{path}'; ssh cannot be given a path with a quote, a line end or ${{; move the file.");
        }
    }
}
