namespace Tachyon.Failover.Protocol;

/// <summary>How old an order that makes a voter may be when the node begins with it. After that an operator, or another program, may have given the vote to the other node.</summary>
internal static class OrderLimit
{
    /// <summary>
    /// Counted from the last thing that showed that the other node cannot vote: the seal, the last assessment of a takeover, or the call itself. A promotion is sent some milliseconds after the seal; an
    /// operator who finds that no node votes needs longer than this to give the vote back by hand.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>What is left of it; zero is always too late.</summary>
    /// <param name="age">How long ago the other node was shown to be unable to vote.</param>
    public static TimeSpan LeftAfter(TimeSpan age) => age < Longest ? Longest - age : TimeSpan.Zero;
}
