namespace Tachyon.Failover.Shells;

/// <summary>Why a script could not be started.</summary>
public enum ShellFailure
{
    /// <summary>No connection: name not found, refused, no route, or not within the connect time limit.</summary>
    Unreachable,

    /// <summary>The host's key is unknown, revoked, or differs from the known one.</summary>
    HostKeyRefused,

    /// <summary>The host does not accept the user's key.</summary>
    AuthenticationRefused,

    /// <summary>The key file cannot be read, or its passphrase is missing or wrong. Nothing was sent.</summary>
    KeyFileUnusable,

    /// <summary>The connection is open, but the host opens no channel, or no <c>sh</c> was found.</summary>
    ChannelRefused,

    /// <summary>The connection was lost while the script was being started; it is unknown whether it ran.</summary>
    Lost,

    /// <summary>The program that connects is missing on this machine, or rejects its configuration. Nothing was sent.</summary>
    ProgramUnusable,
}
