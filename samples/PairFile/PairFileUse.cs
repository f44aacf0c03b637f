namespace Tachyon.Failover.Pairs;

/// <summary>What a program reads a pair file for. One file goes to several machines: what is true on one of them only is asked for by the program that uses it there.</summary>
internal enum PairFileUse
{
    /// <summary>A command of a person's: what the watchdog runs and posts to is read for its form only.</summary>
    Command,

    /// <summary>A command that watches whether votes land: enough witnesses must be named.</summary>
    Look,

    /// <summary>The watchdog: its hooks and its webhook must be there.</summary>
    Watch,

    /// <summary>The guard: it runs no hooks, and guards without a webhook rather than not at all.</summary>
    Guard,
}
