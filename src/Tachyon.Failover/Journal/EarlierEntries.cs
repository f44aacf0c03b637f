namespace Tachyon.Failover.Journal;

/// <summary>Reads what entries say that were written before <see cref="JournalEntry"/> had a member for it: it stood in the words of <see cref="JournalEntry.Detail"/>.</summary>
internal static class EarlierEntries
{
    /// <summary>What the run does that an entry begins.</summary>
    public static RunKind KindOfRun(this JournalEntry begun) => begun.Kind ?? begun.Detail switch
    {
        "takeover" => RunKind.Takeover,
        "recovery" => RunKind.Recovery,
        _ => RunKind.Switchover,
    };

    /// <summary>How the run ended that an entry ends; null if that cannot be read.</summary>
    public static SwitchoverOutcome? OutcomeOfRun(this JournalEntry ended) => ended.Outcome
        ?? (Enum.TryParse<SwitchoverOutcome>(ended.Detail?.Split(',')[0], out var outcome) ? outcome : null);

    /// <summary>Which of its nodes an entry settles. A takeover settled its source; a recovery named the node that keeps the identity as its source, and settled the other one.</summary>
    public static NodeSide SettledSide(this JournalEntry settled, RunKind run) => settled.Settled ?? (run == RunKind.Takeover ? NodeSide.Source : NodeSide.Target);
}
