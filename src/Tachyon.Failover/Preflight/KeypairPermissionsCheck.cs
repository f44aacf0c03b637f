using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Preflight;

/// <summary>TF110: keypair files are open to their owner only. A switchover would not fail on one that is not.</summary>
internal sealed class KeypairPermissionsCheck() : SetupCheck("TF110", SetupAspect.KeypairPermissions, PreflightSeverity.Warning, "keypair files that only their owner may read");
