using Tachyon.Failover.Decisions;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.Runs;

/// <summary>Reads the journal, and tells what it says of the nodes of a pair.</summary>
internal sealed class JournalReading
{
    private readonly ValidatorPair _pair;
    private readonly JournalMemory _memory;
    private readonly Dictionary<string, DateTimeOffset> _lastTaken = new(StringComparer.Ordinal);

    private JournalReading(ValidatorPair pair, RunId run) =>
        (_pair, _memory) = (pair, new JournalMemory(pair.StakedIdentity, run, new JournalNode(pair.Source.Name, null), new JournalNode(pair.Target.Name, null)));

    /// <summary>Why the journal could not be read; null if it was read.</summary>
    public string? Failure { get; private init; }

    /// <inheritdoc cref="JournalMemory.Interrupted"/>
    public IReadOnlyList<RunId> Interrupted => _memory.Interrupted;

    /// <summary>When each node last took the staked identity, or may have, by the clock of the coordinator that promoted it.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> LastTaken => _lastTaken;

    /// <inheritdoc cref="JournalMemory.NodesAreOne"/>
    public bool NodesAreOne => _memory.NodesAreOne;

    /// <summary>Reads the journal, within its time limit.</summary>
    /// <param name="options">The journal and its limit.</param>
    /// <param name="pair">The nodes whose entries count.</param>
    /// <param name="run">This run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the read. The journal then counts as not read.</param>
    public static async Task<JournalReading> ReadAsync(FailoverOptions options, ValidatorPair pair, RunId run, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var look = new JournalReading(pair, run);
            await look.TakeInAsync(options.Journal, cancellationToken).WaitAsync(options.JournalTimeout, time, cancellationToken).ConfigureAwait(false);
            return look;
        }
        catch (Exception exception)
        {
            // An embedder's journal may throw anything. Its content is then unknown.
            return new JournalReading(pair, run) { Failure = exception.Message };
        }
    }

    /// <summary>The same, for nodes that were probed: it then identifies them by their identities, not by their names.</summary>
    public JournalReading Meeting(NodeSurvey? source, NodeSurvey? target)
    {
        _memory.Meet(source?.InJournal(_pair.StakedIdentity), target?.InJournal(_pair.StakedIdentity));
        return this;
    }

    /// <summary>Whether a <c>set-identity</c> to the staked identity was sent to the node and its result is unknown. True if the journal could not be read.</summary>
    public bool MayTakeIdentity(ValidatorNode node) => Failure is not null || _memory.MayTakeIdentity(SideOf(node));

    /// <inheritdoc cref="JournalMemory.WasLeftSealed"/>
    public bool WasLeftSealed(ValidatorNode node) => _memory.WasLeftSealed(SideOf(node));

    /// <inheritdoc cref="JournalMemory.DemotionPendingBy"/>
    public RunId? DemotionPendingBy(ValidatorNode node) => _memory.DemotionPendingBy(SideOf(node));

    /// <inheritdoc cref="JournalMemory.WentElsewhere"/>
    public bool WentElsewhere(ValidatorNode node) => _memory.WentElsewhere(SideOf(node));

    /// <summary>Why a run that holds its locks must stop; null if it may continue.</summary>
    public CallResult? RefusalOf(RunId run) =>
        Failure is not null ? CallResult.NotDone(CallFailure.Refused, $"the journal could not be read, so it is unknown whether another switchover has moved something since this one began: {Failure}")
        : _memory.Newer is { } newer ? CallResult.NotDone(CallFailure.Superseded, $"the journal says that {newer} has moved something since this one began")
        : !_memory.HasBegun ? CallResult.NotDone(CallFailure.Refused, $"the journal does not return the entry with which {run} began, so it does not keep what is written")
        : null;

    private NodeSide SideOf(ValidatorNode node) => node == _pair.Source ? NodeSide.Source : NodeSide.Target;

    private async Task TakeInAsync(IFailoverJournal journal, CancellationToken cancellationToken)
    {
        await foreach (var entry in journal.ReadEntriesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_memory.TakeIn(entry) is { } node)
            {
                _lastTaken[node] = entry.At;
            }
        }
    }
}
