namespace Tachyon.Failover.Runs;

/// <summary>The runs that began and did not end, oldest first. A later run that leaves both of their nodes in order removes them.</summary>
internal sealed class InterruptedRuns
{
    private readonly List<Run> _open = [];

    public IEnumerable<string> Names => _open.Select(static run => run.Name);

    public void Begin(string run, JournalNode source, JournalNode target) => _open.Add(new Run(run, source, target));

    public void End(string run) => _open.RemoveAll(open => open.Name == run);

    /// <summary>Removes the runs with these nodes: a run has left both in order.</summary>
    public void Settle(JournalNode source, JournalNode target) =>
        _open.RemoveAll(open => (open.Source.Is(source) && open.Target.Is(target)) || (open.Source.Is(target) && open.Target.Is(source)));

    private sealed record Run(string Name, JournalNode Source, JournalNode Target);
}
