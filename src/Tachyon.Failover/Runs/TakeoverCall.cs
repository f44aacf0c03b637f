namespace Tachyon.Failover.Runs;

/// <summary>What a takeover needs besides a switchover's options.</summary>
/// <param name="Policy">The evidence and actions that the operator allows.</param>
/// <param name="Watch">The monitor that observes the cluster.</param>
internal sealed record TakeoverCall(TakeoverPolicy Policy, ValidatorMonitor Watch);
