using Tachyon.Failover.Pairs;
using Tachyon.Failover.Watchdog.Events;

namespace Tachyon.Failover.Watchdog.Hooks;

/// <summary>Runs a command of the operator's. Returns why it failed, or null.</summary>
internal delegate Task<string?> RunHook(HookSettings hook, WatchdogEvent about);
