using Tachyon.Failover.Decisions;
using Tachyon.Failover.Journal;

namespace Tachyon.Failover.Runs;

/// <summary>
/// What one run writes into the journal. Results are written together with the next intent, so that each batch costs one write and not two.
/// </summary>
internal sealed class RunJournal(FailoverOptions options, ValidatorPair pair, TimeProvider time)
{
    private readonly List<JournalEntry> _pending = [];

    /// <summary>The pair whose source and target the steps mean.</summary>
    public ValidatorPair Pair { get; set; } = pair;

    /// <summary>The run id: sortable by time, and unique.</summary>
    public RunId RunId { get; private init; } = RunId.New(time);

    /// <summary>A node as this run has probed it; null before the first probe.</summary>
    public Func<NodeSide, JournalNode?> Seen { get; init; } = static _ => null;

    /// <summary>Whether the journal lacks an entry of this run that says that nothing is pending on a node.</summary>
    public bool HasUnwrittenCompletion => _pending.Exists(static entry => entry.Event == JournalEvent.DemotionCompleted);

    public void Begin(RunKind kind) => Add(Entry(JournalEvent.Begun) with { Kind = kind });

    public void Came(StepObservation observation)
    {
        var came = observation.Result.Outcome switch
        {
            CallOutcome.Done => JournalEvent.Done,
            CallOutcome.NotDone => JournalEvent.NotDone,
            _ => JournalEvent.Unknown,
        };
        Add(Entry(came) with { Step = observation.Step.ToString(), Detail = observation.Result.IsDone ? observation.Result.Detail : observation.Result.ToString() });
    }

    /// <summary>Records that nothing is pending on one of the nodes: it is known to be an inactive node, or the active one.</summary>
    public void DemotionCompleted(NodeSide side) => Add(Entry(JournalEvent.DemotionCompleted) with { Demoted = side });

    /// <summary>Writes the beginning and the end of a run that changes nothing, to test whether the journal can be written.</summary>
    /// <returns>Why it could not be written; null if it was.</returns>
    public static Task<Exception?> TryAsync(FailoverOptions options, ValidatorPair pair, RunId run, TimeProvider time)
    {
        var journal = new RunJournal(options, pair, time) { RunId = run };
        journal.Begin(RunKind.DryRun);
        journal.Add(journal.Entry(JournalEvent.Ended));
        return journal.WriteAsync();
    }

    /// <summary>Writes the intents, and the results before them.</summary>
    /// <returns>Why it could not be written; null if it was.</returns>
    public Task<Exception?> IntendAsync(IEnumerable<FailoverStep> leg)
    {
        foreach (var step in leg)
        {
            Add(Entry(JournalEvent.Intent) with { Step = step.ToString() });
        }

        return WriteAsync();
    }

    public Task<Exception?> EndAsync(FailoverOutcome outcome, IdentityLocation identityAt)
    {
        Add(Entry(JournalEvent.Ended) with { Outcome = outcome, IdentityAt = identityAt });
        return WriteAsync();
    }

    private void Add(JournalEntry entry) => _pending.Add(entry);

    private JournalEntry Entry(JournalEvent @event) => new()
    {
        At = time.GetUtcNow(),
        RunId = RunId,
        Event = @event,
        StakedIdentity = Pair.StakedIdentity.ToString(),
        Source = Pair.Source.Name,
        SourceUnstaked = Seen(NodeSide.Source)?.Unstaked,
        Target = Pair.Target.Name,
        TargetUnstaked = Seen(NodeSide.Target)?.Unstaked,
    };

    private async Task<Exception?> WriteAsync()
    {
        try
        {
            // A journal that hangs must not delay the nodes in the gap.
            await options.Journal.AppendEntriesAsync(_pending, CancellationToken.None).WaitAsync(options.JournalTimeout, time).ConfigureAwait(false);
            _pending.Clear();
            return null;
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or OperationCanceledException)
        {
            // The entries stay and are written with the next ones.
            return exception;
        }
    }
}
