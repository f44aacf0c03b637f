namespace Tachyon.Failover.Shells.HostKeys;

/// <summary>How a host's key compares with what is known of it, and the line that says so; null when no line does.</summary>
internal readonly record struct KnownHostsFinding(KnownHostsFindingKind Kind, KnownHostsEntry? Entry);
