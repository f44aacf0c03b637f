using Tachyon.Failover.Pairs;
using Tachyon.Failover.Daemon.Events;

namespace Tachyon.Failover.Daemon.Hooks;

/// <summary>Runs a command of the operator's. Returns why it failed, or null.</summary>
internal delegate Task<string?> RunHook(HookSettings hook, DaemonEvent about);
