using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Preflight;

/// <summary>TF109: the disks of the ledger, the tower and the identity link have enough space.</summary>
internal sealed class DiskCheck() : SetupCheck(SetupProblem.Disk, PreflightSeverity.Blocker, "room on the disks that are written to");
