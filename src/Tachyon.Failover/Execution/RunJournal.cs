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

    public void Begin(string? detail = null) => Add(JournalEvent.Begun, step: null, detail);

    public void Came(StepObservation observation) => Add(
        observation.Result.Outcome switch
        {
            CallOutcome.Done => JournalEvent.Done,
            CallOutcome.NotDone => JournalEvent.NotDone,
            _ => JournalEvent.Unknown,
        },
        observation.Step,
        observation.Result.IsDone ? observation.Result.Detail : observation.Result.ToString());

    /// <summary>The node that lost the identity is known to be an inactive one.</summary>
    public void Settled() => Add(JournalEvent.Settled);

    /// <summary>Writes what is intended, and the results before it.</summary>
    /// <returns>Why it could not be written; null if it was.</returns>
    public Task<Exception?> IntendAsync(IEnumerable<SwitchoverStep> leg)
    {
        foreach (var step in leg)
        {
            Add(JournalEvent.Intended, step);
        }

        return WriteAsync();
    }

    public Task<Exception?> EndAsync(SwitchoverOutcome outcome, IdentityLocation identityAt)
    {
        Add(JournalEvent.Ended, step: null, $"{outcome}, identity at {identityAt}");
        return WriteAsync();
    }

    private void Add(JournalEvent @event, SwitchoverStep? step = null, string? detail = null) => _pending.Add(new JournalEntry
    {
        At = time.GetUtcNow(),
        Switchover = Switchover,
        Event = @event,
        Step = step?.ToString(),
        Detail = detail,
        StakedIdentity = Pair.StakedIdentity.ToString(),
        Source = Pair.Source.Name,
        Target = Pair.Target.Name,
    });

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
