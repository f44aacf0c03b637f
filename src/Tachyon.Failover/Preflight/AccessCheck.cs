using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Preflight;

/// <summary>TF107: the program, files and folders of the settings are there, and the user may do with them what a switchover does.</summary>
internal sealed class AccessCheck() : SetupCheck("TF107", SetupAspect.Access, PreflightSeverity.Blocker, "a user who may run the program, read the keypairs, write the folders and take the lock");
