namespace Tachyon.Failover.Decisions;

/// <summary>The largest age of a promotion when the node begins with it. After that an operator, or another program, may have promoted the other node.</summary>
internal static class OrderLimit
{
    /// <summary>
    /// Counted from the last proof that the other node cannot vote: the seal, the last assessment of a takeover, or the call itself.
    /// A promotion is sent some milliseconds after the seal. An operator who finds that no node votes needs longer than this to promote the other node by hand.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>The time that is left; zero is always too late.</summary>
    /// <param name="age">How long ago the other node was shown to be unable to vote.</param>
    public static TimeSpan LeftAfter(TimeSpan age) => age < Longest ? Longest - age : TimeSpan.Zero;
}
