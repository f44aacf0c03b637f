namespace Tachyon.Failover.Execution;

/// <summary>The runs that the journal has begun and not ended, oldest first, until a later run has brought both of their nodes into order.</summary>
internal sealed class InterruptedRuns
{
    private readonly List<Run> _open = [];

    public IEnumerable<string> Names => _open.Select(static run => run.Name);

    public void Begin(string run, JournalNode source, JournalNode target) => _open.Add(new Run(run, source, target));

    public void End(string run) => _open.RemoveAll(open => open.Name == run);

    /// <summary>A run with these nodes has left both of them in order.</summary>
    public void Settle(JournalNode source, JournalNode target) =>
        _open.RemoveAll(open => (open.Source.Is(source) && open.Target.Is(target)) || (open.Source.Is(target) && open.Target.Is(source)));

    private sealed record Run(string Name, JournalNode Source, JournalNode Target);
}
