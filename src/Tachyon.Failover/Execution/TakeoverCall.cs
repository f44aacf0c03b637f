using Tachyon.Failover.Monitoring;
using Tachyon.Failover.Takeover;

namespace Tachyon.Failover.Execution;

/// <summary>What a takeover was asked to do, besides what a switchover is.</summary>
/// <param name="Policy">What must be sure.</param>
/// <param name="Watch">Who looks at the cluster for it.</param>
internal sealed record TakeoverCall(TakeoverPolicy Policy, ValidatorWatch Watch);
