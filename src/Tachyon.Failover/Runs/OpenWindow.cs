using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>A restart window, and when it was found.</summary>
internal sealed record OpenWindow(OpenRestartWindow Window, Moment FoundAt);
