namespace Tachyon.Failover.Timing;

/// <summary>
/// The beat of a validator that is not leading: its broadcast thread holds the lock of the identity keypair for a second at a time, so that every <c>set-identity</c>
/// ends on a beat (validator.md 1.3: whole seconds after the call before, drifting by 0.5 to 3 ms a second).
/// </summary>
/// <param name="Beat">One of the beats.</param>
internal sealed record KeyBeat(TimeSpan Beat)
{
    /// <summary>A second, and the middle of the drift that was measured.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(1001.75);

    /// <summary>The first beat from a time on.</summary>
    public TimeSpan From(TimeSpan time) => Beat + (Period * Math.Ceiling((time - Beat) / Period));
}
