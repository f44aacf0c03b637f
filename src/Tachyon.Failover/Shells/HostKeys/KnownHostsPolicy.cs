namespace Tachyon.Failover.Shells.HostKeys;

/// <summary>Trusts the keys of a <c>known_hosts</c> file.</summary>
internal sealed class KnownHostsPolicy : HostKeyPolicy
{
    private readonly string _path;

    public KnownHostsPolicy(string path) => _path = path;

    public override string ToString() => $"known_hosts {_path}";

    internal override IReadOnlyList<string> PreferredKeyTypes(string host, int port) => Read().KeyTypes(host, port);

    internal override string? Refuse(string host, int port, HostKey key)
    {
        var finding = Read().Find(host, port, key);
        var seen = $"{KnownHostsFile.NameOf(host, port)} shows the {key.Type} key {key.Fingerprint}";
        return finding.Kind switch
        {
            KnownHostsFindingKind.Trusted => null,
            KnownHostsFindingKind.Revoked =>
                $"{seen}, which is revoked at {_path}:{finding.Entry!.Line}. A host with a revoked key is never trusted. "
                + "Remedy: find out which host answers there, and give it a new key.",
            KnownHostsFindingKind.Changed =>
                $"{seen}, but {_path}:{finding.Entry!.Line} has the {finding.Entry.Key.Type} key {finding.Entry.Key.Fingerprint} for it: the host's key "
                + "has changed, or another host answers in its place. Remedy: compare the fingerprint with what `ssh-keygen -lf` prints for the key files in "
                + $"/etc/ssh on the host itself. Only if they agree, replace line {finding.Entry.Line} by: {key.KnownHostsLine(host, port)}",
            _ =>
                $"{seen}, and {_path} has no line for it. Remedy: compare the fingerprint with what `ssh-keygen -lf` prints for the key files in "
                + $"/etc/ssh on the host itself, and if they agree add the line: {key.KnownHostsLine(host, port)}",
        };
    }

    private KnownHostsFile Read() => File.Exists(_path)
        ? KnownHostsFile.Parse(File.ReadAllText(_path))
        : KnownHostsFile.Parse("");
}
