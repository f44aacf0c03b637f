namespace Tachyon.Failover.Pairs;

/// <summary>The program that reads a pair file. The same file is on several machines: each program checks only what it uses on its own machine.</summary>
internal enum PairFileUse
{
    /// <summary>A command of the operator. Hooks and webhook are checked for their form only.</summary>
    Command,

    /// <summary>A command that monitors whether votes land: the file must name enough witnesses.</summary>
    Probe,

    /// <summary>The daemon: its hooks and its webhook must exist.</summary>
    Watch,

    /// <summary>The guard: it runs no hooks. It guards without a webhook rather than not at all.</summary>
    Guard,
}
