using Tachyon.Failover.Shells.HostKeys;

namespace Tachyon.Failover.Shells;

/// <summary>How a host proves its identity. No policy trusts an unknown host.</summary>
/// <remarks>Immutable and thread-safe. These two policies are the only ones.</remarks>
public abstract class HostKeyPolicy
{
    private protected HostKeyPolicy()
    {
    }

    /// <summary>
    /// Trusts the keys that an OpenSSH <c>known_hosts</c> file has for the host, by OpenSSH's rules: plain and hashed names,
    /// patterns, <c>[host]:port</c>, <c>@revoked</c>. Lines of <c>@cert-authority</c> are ignored: host certificates are not supported.
    /// </summary>
    /// <param name="path">The file. It is read again for every connection, so an added entry counts from the next one on.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static HostKeyPolicy KnownHosts(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new KnownHostsPolicy(path);
    }

    /// <summary>Trusts the one key that has this fingerprint.</summary>
    /// <param name="fingerprint">As <c>ssh-keygen -lf</c> prints it: <c>SHA256:</c> and 43 characters of base64.</param>
    /// <exception cref="FormatException">It is no SHA-256 fingerprint.</exception>
    public static HostKeyPolicy Fingerprint(string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(fingerprint);
        return new PinnedHostKeyPolicy(fingerprint);
    }

    /// <summary>The preferred key types for the host, best first; empty if any type will do. Reads the file, if there is one.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal abstract IReadOnlyList<string> PreferredKeyTypes(string host, int port);

    /// <summary>Why the host is not trusted, for the operator; null if its key is trusted.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal abstract string? Refuse(string host, int port, HostKey key);
}
