namespace Tachyon.Failover.Shells.HostKeys;

/// <summary>How a host's key compares with the known keys, and the deciding line; null when there is none.</summary>
internal readonly record struct KnownHostsFinding(KnownHostsFindingKind Kind, KnownHostsEntry? Entry);
