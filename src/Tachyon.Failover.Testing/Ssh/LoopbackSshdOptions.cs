namespace Tachyon.Failover.Testing.Ssh;

/// <summary>The options of a <see cref="LoopbackSshd"/>.</summary>
public sealed record LoopbackSshdOptions
{
    /// <summary>The types of its host keys, one key each.</summary>
    /// <value>Ed25519.</value>
    public IReadOnlyList<SshKeyType> HostKeyTypes { get; init; } = [SshKeyType.Ed25519];

    /// <summary>The maximum number of channels of a connection.</summary>
    /// <value>100. OpenSSH's own default is 10.</value>
    public int MaxSessions { get; init; } = 100;

    /// <summary>Environment variables for logins. sshd gives them a short PATH and no variable of this process.</summary>
    /// <value>None.</value>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Lines for <c>sshd_config</c>. They come before the server's own lines: of two lines for one setting, the first counts.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> ExtraConfiguration { get; init; } = [];

    /// <summary>How long it may take to listen.</summary>
    /// <value>30 s.</value>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock that measures the start.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
