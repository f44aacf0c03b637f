namespace Tachyon.Failover.Decisions;

/// <summary>When a recovery must probe both nodes again after a step.</summary>
internal enum ProbeAgain
{
    /// <summary>If the step is not done: what is on the node is then unknown.</summary>
    IfNotDone,

    /// <summary>Never. The step is the probe itself, or is about locks.</summary>
    Never,

    /// <summary>Also if it is done and the probe saw no validator on the other node. It may have been started since, and have read the link before the move.</summary>
    IfOtherWasDown,

    /// <summary>Also if it is done and the probe saw the keeper vote. A keeper that was restarted since has read its link as it was then.</summary>
    IfKeeperVoted,

    /// <summary>Also if it shows something else than the probe.</summary>
    IfItContradicts,
}
