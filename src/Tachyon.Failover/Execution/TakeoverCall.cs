using Tachyon.Failover.Monitoring;
using Tachyon.Failover.Takeover;

namespace Tachyon.Failover.Execution;

/// <summary>What a takeover needs besides a switchover's options.</summary>
/// <param name="Policy">The evidence and actions that the operator allows.</param>
/// <param name="Watch">The watch that observes the cluster.</param>
internal sealed record TakeoverCall(TakeoverPolicy Policy, ValidatorMonitor Watch);
