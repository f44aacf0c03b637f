namespace Tachyon.Failover.Decisions;

/// <summary>When a recovery must diagnose the pair again after a step.</summary>
internal enum LookAgain
{
    /// <summary>If the step is not done: what is on the node is then unknown.</summary>
    IfNotDone,

    /// <summary>Never. The step is the diagnosis itself, or is about locks.</summary>
    Never,

    /// <summary>Also if it is done and the diagnosis saw no validator on the other node. It may have been started since, and have read the link before the move.</summary>
    IfOtherWasDown,

    /// <summary>Also if it is done and the diagnosis saw the keeper vote. A keeper that was restarted since has read its link as it was then.</summary>
    IfKeeperVoted,

    /// <summary>Also if it shows something else than the diagnosis.</summary>
    IfItContradicts,
}
