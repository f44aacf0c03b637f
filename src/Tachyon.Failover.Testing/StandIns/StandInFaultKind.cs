namespace Tachyon.Failover.Testing.StandIns;

/// <summary>What can go wrong in a stand-in validator.</summary>
public enum StandInFaultKind
{
    /// <summary>The call is refused with the given words, and nothing is done.</summary>
    Refuse,

    /// <summary>The call is carried out only after the delay.</summary>
    DelayCall,

    /// <summary>The call is carried out at once, and answered after the delay.</summary>
    DelayAnswer,

    /// <summary>The call is carried out, and never answered.</summary>
    LoseAnswer,

    /// <summary>The call is not carried out, and never answered.</summary>
    LoseCall,

    /// <summary>The process dies when the call comes, and does nothing of it.</summary>
    DieBefore,

    /// <summary>The process carries the call out and dies instead of answering.</summary>
    DieAfter,

    /// <summary>The next votes reach no leader and no gossip. They are in the tower.</summary>
    DropVotes,
}
