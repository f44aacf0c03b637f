namespace Tachyon.Failover.Protocol;

/// <summary>How fast a look counts slots. A look must leave a validator the time that it has on a real cluster, however short the slot of the settings is: then only speed depends on that setting.</summary>
internal static class LookPace
{
    /// <summary>A slot of a real cluster.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(400);

    /// <summary>The pause between two turns of a look.</summary>
    public static TimeSpan Of(TimeSpan slot) => slot > Least ? slot : Least;
}
