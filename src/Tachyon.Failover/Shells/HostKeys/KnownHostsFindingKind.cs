namespace Tachyon.Failover.Shells.HostKeys;

/// <summary>How a host's key compares with what is known of it.</summary>
internal enum KnownHostsFindingKind
{
    Trusted,
    Unknown,
    Changed,
    Revoked,
}
