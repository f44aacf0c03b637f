namespace Tachyon.Failover.Shells.HostKeys;

/// <summary>The marker before the names in a line of <c>known_hosts</c>.</summary>
internal enum KnownHostsMarker
{
    None,
    Revoked,
    CertAuthority,
}
