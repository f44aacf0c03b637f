namespace Tachyon.Failover.Testing.Simulation;

/// <summary>What can go wrong with one call to a node.</summary>
public enum CallFault
{
    /// <summary>The node refuses, and nothing is done.</summary>
    Refused,

    /// <summary>It is done; the connection breaks before the answer is on its way.</summary>
    DoneAnswerLost,

    /// <summary>The connection breaks before the node has it.</summary>
    NotDoneAnswerLost,

    /// <summary>It is done long after the limit: mostly within a minute, now and then up to an hour later. A call that hangs in the validator dies with its process.</summary>
    DoneLate,

    /// <summary>Nothing comes of it, and no answer within the limit.</summary>
    NeverAnswered,

    /// <summary>The way to the node is gone from now on, for seconds, minutes or good.</summary>
    Partitioned,

    /// <summary>The node loses its power before it is done.</summary>
    HostCrashBefore,

    /// <summary>The node loses its power when it is done.</summary>
    HostCrashAfter,

    /// <summary>The validator process dies before it is done.</summary>
    ValidatorCrashBefore,

    /// <summary>The validator process dies when it is done.</summary>
    ValidatorCrashAfter,

    /// <summary>The coordinator dies before it is sent.</summary>
    CoordinatorCrashBefore,

    /// <summary>The coordinator dies after it was sent.</summary>
    CoordinatorCrashAfter,

    /// <summary>The node's disk is full from now on.</summary>
    DiskFull,

    /// <summary>What is written is damaged, and the comparison finds out.</summary>
    TornWrite,

    /// <summary>The validator process is stopped for some seconds before it is done (SIGSTOP).</summary>
    ValidatorStopped,

    /// <summary>It takes some seconds longer, and is done.</summary>
    Slow,

    /// <summary>Nothing is done, and an answer comes that nobody understands.</summary>
    Garbled,

    /// <summary>It is sent, and the coordinator stands still right after that, for seconds or up to ten minutes: a lid that is closed, a program that is stopped.</summary>
    CoordinatorStandsStill,
}
