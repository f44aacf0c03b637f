namespace Tachyon.Failover.Journal;

/// <summary>Reads entries of earlier versions, which had these values in the text of <see cref="JournalEntry.Detail"/> and not in members.</summary>
internal static class EarlierEntries
{
    /// <summary>The kind of the run that the entry begins.</summary>
    public static RunKind KindOfRun(this JournalEntry begun) => begun.Kind ?? begun.Detail switch
    {
        "takeover" => RunKind.Takeover,
        "recovery" => RunKind.Recovery,
        _ => RunKind.Switchover,
    };

    /// <summary>The outcome of the run that the entry ends; null if it cannot be read.</summary>
    public static FailoverOutcome? OutcomeOfRun(this JournalEntry ended) => ended.Outcome
        ?? (Enum.TryParse<FailoverOutcome>(ended.Detail?.Split(',')[0], out var outcome) ? outcome : null);

    /// <summary>The node whose pending demotion an entry completes. In a takeover that is the source. A recovery names the keeper as its source, and the node is the other one.</summary>
    public static NodeSide SettledSide(this JournalEntry settled, RunKind run) => settled.Demoted ?? (run == RunKind.Takeover ? NodeSide.Source : NodeSide.Target);
}
