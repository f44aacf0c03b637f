namespace Tachyon.Failover.Decisions;

/// <summary>What an entry of a step means to later runs that read the journal. Source and target are those of the entry: in the entries of a rollback and a recovery the source is the keeper.</summary>
internal enum JournalEffect
{
    None,

    /// <summary>Sent: the target may take the identity, and in a takeover the demotion of the source is pending. Done: it has taken it.</summary>
    PromotesTarget,

    /// <summary>Sent: the source, which is the keeper, may take the identity.</summary>
    PromotesSource,

    /// <summary>Done: the target has no voters, because a promotion may still arrive there.</summary>
    SealsTarget,

    /// <summary>Done: the target has its voters again.</summary>
    UnsealsTarget,

    /// <summary>Done: both nodes have their voters. In a takeover only the target has.</summary>
    UnsealsBoth,
}
