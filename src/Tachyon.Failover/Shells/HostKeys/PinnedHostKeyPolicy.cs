namespace Tachyon.Failover.Shells.HostKeys;

/// <summary>Trusts the one key with the given fingerprint.</summary>
internal sealed class PinnedHostKeyPolicy : HostKeyPolicy
{
    private const string Prefix = "SHA256:";
    private const int DigestLength = 32;

    private readonly string _fingerprint;

    public PinnedHostKeyPolicy(string fingerprint)
    {
        var text = fingerprint.Trim().TrimEnd('=');
        var digest = new byte[DigestLength];
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)
            || !Convert.TryFromBase64String(text[Prefix.Length..] + "=", digest, out var length)
            || length != DigestLength)
        {
            throw new FormatException(
                $"'{fingerprint}' is no SHA-256 fingerprint of a host key; give 'SHA256:' and 43 characters, as `ssh-keygen -lf` prints it.");
        }

        _fingerprint = text;
    }

    public override string ToString() => $"pinned {_fingerprint}";

    internal override IReadOnlyList<string> PreferredKeyTypes(string host, int port) => [];

    internal override string? Refuse(string host, int port, HostKey key) => key.Fingerprint == _fingerprint
        ? null
        : $"{KnownHostsFile.NameOf(host, port)} shows the {key.Type} key {key.Fingerprint}, but {_fingerprint} is pinned: the host's key has changed, "
            + "another host answers in its place, or the pin is for another key of the host. Remedy: compare the fingerprint with what "
            + "`ssh-keygen -lf` prints for the key files in /etc/ssh on the host itself, and if they agree pin it.";
}
