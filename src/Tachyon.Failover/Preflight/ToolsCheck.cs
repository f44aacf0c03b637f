using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Preflight;

/// <summary>TF108: the nodes have the tools that the scripts use.</summary>
internal sealed class ToolsCheck() : SetupCheck(SetupProblem.Tools, PreflightSeverity.Blocker, "coreutils, grep, sed and util-linux");
