namespace Tachyon.Failover.Shells.HostKeys;

/// <summary>How a host's key compares with the known keys.</summary>
internal enum KnownHostsFindingKind
{
    Trusted,
    Unknown,
    Changed,
    Revoked,
}
