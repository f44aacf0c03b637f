using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Benchmarks.Takeovers;

/// <summary>How long silence must last. A test has less time than an operator.</summary>
internal sealed record TakeoverRules(DetectionRules Silence)
{
    /// <summary>What the library has by default.</summary>
    public static TakeoverRules Usual { get; } = new(new DetectionRules());

    /// <summary>The shortest that the rules allow.</summary>
    public static TakeoverRules Hasty { get; } = new(new DetectionRules { LostSlots = 12, LostAfter = TimeSpan.FromSeconds(5), HaltedAfter = TimeSpan.FromSeconds(3) });
}
