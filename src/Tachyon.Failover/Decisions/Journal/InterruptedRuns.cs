namespace Tachyon.Failover.Decisions;

/// <summary>The runs that began and did not end, oldest first. A later run that leaves both of their nodes in order removes them.</summary>
internal sealed class InterruptedRuns
{
    private readonly List<Run> _open = [];

    public IEnumerable<RunId> Ids => _open.Select(static run => run.Id);

    public void Begin(RunId run, JournalNode source, JournalNode target) => _open.Add(new Run(run, source, target));

    public void End(RunId run) => _open.RemoveAll(open => open.Id == run);

    /// <summary>Removes the runs with these nodes: a run has left both in order.</summary>
    public void EndAllOf(JournalNode source, JournalNode target) =>
        _open.RemoveAll(open => (open.Source.Is(source) && open.Target.Is(target)) || (open.Source.Is(target) && open.Target.Is(source)));

    private sealed record Run(RunId Id, JournalNode Source, JournalNode Target);
}
