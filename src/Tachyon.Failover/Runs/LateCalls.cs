using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>
/// A call whose program has ended may still wait inside the validator, before or after the latest call, for up to one second. The next probe must come after it.
/// </summary>
internal static class LateCalls
{
    /// <summary>Measured: the call ends on a one-second beat inside the validator.</summary>
    public static readonly TimeSpan LongestSetIdentity = TimeSpan.FromSeconds(1);

    /// <summary>Waits until none can come any more.</summary>
    public static Task AwaitAsync(TimeProvider time) => time.DelayAsync(2 * LongestSetIdentity);
}
