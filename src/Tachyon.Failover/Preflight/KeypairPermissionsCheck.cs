using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Preflight;

/// <summary>TF110: only their owner can read the keypair files. A switchover works without this.</summary>
internal sealed class KeypairPermissionsCheck() : SetupCheck(SetupProblem.KeypairPermissions, PreflightSeverity.Warning, "keypair files that only their owner may read");
