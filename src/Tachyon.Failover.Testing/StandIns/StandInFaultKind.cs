namespace Tachyon.Failover.Testing.StandIns;

/// <summary>The kinds of faults of a stand-in validator.</summary>
public enum StandInFaultKind
{
    /// <summary>The call is refused with the given message, and has no effect.</summary>
    Refuse,

    /// <summary>The call is executed after the delay.</summary>
    DelayCall,

    /// <summary>The call is executed at once, and answered after the delay.</summary>
    DelayAnswer,

    /// <summary>The call is executed, and never answered.</summary>
    LoseAnswer,

    /// <summary>The call is not executed, and never answered.</summary>
    LoseCall,

    /// <summary>The process dies when the call arrives, and does not execute it.</summary>
    DieBefore,

    /// <summary>The process executes the call and dies instead of answering.</summary>
    DieAfter,

    /// <summary>The next votes reach neither leader nor gossip. They are in the tower.</summary>
    DropVotes,
}
