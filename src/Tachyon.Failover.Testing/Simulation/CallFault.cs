namespace Tachyon.Failover.Testing.Simulation;

/// <summary>What can go wrong with one call to a node.</summary>
public enum CallFault
{
    /// <summary>The node refuses, and nothing is done.</summary>
    Refused,

    /// <summary>The node executes the call. The connection breaks before the answer is sent.</summary>
    DoneAnswerLost,

    /// <summary>The connection breaks before the node has the call.</summary>
    NotDoneAnswerLost,

    /// <summary>The node executes the call long after the limit: mostly within a minute, rarely up to an hour later. A call that hangs in the validator dies with its process.</summary>
    DoneLate,

    /// <summary>The call has no effect, and no answer comes within the limit.</summary>
    NeverAnswered,

    /// <summary>The way to the node is lost from now on, for seconds, minutes or for good.</summary>
    Partitioned,

    /// <summary>The node loses its power before it executes the call.</summary>
    HostCrashBefore,

    /// <summary>The node loses its power after it executed the call.</summary>
    HostCrashAfter,

    /// <summary>The validator process dies before the call is executed.</summary>
    ValidatorCrashBefore,

    /// <summary>The validator process dies after the call was executed.</summary>
    ValidatorCrashAfter,

    /// <summary>The coordinator dies before it sends the call.</summary>
    CoordinatorCrashBefore,

    /// <summary>The coordinator dies after it sent the call.</summary>
    CoordinatorCrashAfter,

    /// <summary>The node's disk is full from now on.</summary>
    DiskFull,

    /// <summary>The written data are damaged, and the comparison detects it.</summary>
    TornWrite,

    /// <summary>The validator process is stopped for some seconds before the call is executed (SIGSTOP).</summary>
    ValidatorStopped,

    /// <summary>The call takes some seconds longer, and is executed.</summary>
    Slow,

    /// <summary>The call has no effect, and its answer is not understood.</summary>
    Garbled,

    /// <summary>The call is sent. Right after that the coordinator is suspended, for seconds or up to ten minutes: a closed lid, a stopped program.</summary>
    CoordinatorStandsStill,
}
