namespace Tachyon.Failover.Testing.Ssh;

/// <summary>How a <see cref="LoopbackSshd"/> is set up.</summary>
public sealed record LoopbackSshdOptions
{
    /// <summary>The types of its host keys, one key each.</summary>
    /// <value>Ed25519.</value>
    public IReadOnlyList<SshKeyType> HostKeyTypes { get; init; } = [SshKeyType.Ed25519];

    /// <summary>How many channels a connection may have open.</summary>
    /// <value>100; a server that is not told has 10.</value>
    public int MaxSessions { get; init; } = 100;

    /// <summary>Environment variables that logins get. sshd gives them a short PATH and nothing of this process's own.</summary>
    /// <value>None.</value>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Lines for <c>sshd_config</c>. They stand in front of its own lines, and of two for the same thing the first counts.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> ExtraConfiguration { get; init; } = [];

    /// <summary>How long it may take to listen.</summary>
    /// <value>30 s.</value>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Measures the start.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
