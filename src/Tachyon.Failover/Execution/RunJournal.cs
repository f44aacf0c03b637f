using Tachyon.Failover.Journal;
using Tachyon.Failover.Protocol;

namespace Tachyon.Failover.Execution;

/// <summary>
/// What one run writes into the journal. Results go to stable storage together with the next intention, so that each leg costs one
/// write and not two.
/// </summary>
internal sealed class RunJournal(FailoverOptions options, ValidatorPair pair, TimeProvider time)
{
    private readonly List<JournalEntry> _pending = [];

    /// <summary>The pair by whose source and target the steps are meant.</summary>
    public ValidatorPair Pair { get; set; } = pair;

    /// <summary>The run's name: sortable by its time, and never given twice.</summary>
    public string Switchover { get; } = Guid.CreateVersion7(time.GetUtcNow()).ToString();

    /// <summary>A node as it was seen in this run; null if it was not looked at yet.</summary>
    public Func<NodeSide, JournalNode?> Seen { get; init; } = static _ => null;

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

    /// <summary>Nothing is owed any more on one of the nodes: it is known to be an inactive one, or the active one after all.</summary>
    public void Settled(NodeSide side) => Add(Entry(JournalEvent.Settled) with { Settled = side });

    /// <summary>Writes what is intended, and the results before it.</summary>
    /// <returns>Why it could not be written; null if it was.</returns>
    public Task<Exception?> IntendAsync(IEnumerable<SwitchoverStep> leg)
    {
        foreach (var step in leg)
        {
            Add(Entry(JournalEvent.Intended) with { Step = step.ToString() });
        }

        return WriteAsync();
    }

    public Task<Exception?> EndAsync(SwitchoverOutcome outcome, IdentityLocation identityAt)
    {
        Add(Entry(JournalEvent.Ended) with { Outcome = outcome, IdentityAt = identityAt });
        return WriteAsync();
    }

    private void Add(JournalEntry entry) => _pending.Add(entry);

    private JournalEntry Entry(JournalEvent @event) => new()
    {
        At = time.GetUtcNow(),
        Switchover = Switchover,
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
            // A journal that hangs must not hold the nodes in the middle of the gap.
            await options.Journal.AppendAsync([.. _pending], CancellationToken.None).WaitAsync(options.JournalTimeout, time).ConfigureAwait(false);
            _pending.Clear();
            return null;
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or OperationCanceledException)
        {
            // The entries are kept and tried again with the next ones.
            return exception;
        }
    }
}
