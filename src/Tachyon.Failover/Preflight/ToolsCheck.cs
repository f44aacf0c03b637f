using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Preflight;

/// <summary>TF108: the tools that the scripts use are on the nodes.</summary>
internal sealed class ToolsCheck() : SetupCheck("TF108", SetupAspect.Tools, PreflightSeverity.Blocker, "coreutils, grep, sed and util-linux");
