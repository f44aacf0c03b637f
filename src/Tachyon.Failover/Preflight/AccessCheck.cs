using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Preflight;

/// <summary>TF107: the program, files and folders of the settings exist, and the user has the permissions that a switchover needs.</summary>
internal sealed class AccessCheck() : SetupCheck(SetupProblem.Access, PreflightSeverity.Blocker, "a user who may run the program, read the keypairs, write the folders and take the lock");
