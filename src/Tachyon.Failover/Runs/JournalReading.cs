using Tachyon.Failover.Decisions;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.Runs;

/// <summary>What the journal says of earlier runs of the staked identity, separately for each node. The order of the entries counts, not their times.</summary>
internal sealed class JournalReading
{
    private readonly ValidatorPair _pair;
    private readonly Dictionary<string, RunKind> _runs = new(StringComparer.Ordinal);
    private readonly InterruptedRuns _interrupted = new();
    private readonly NodeMemory _owed = new();
    private readonly NodeMemory _openPromotions = new();
    private readonly NodeMemory _leftSealed = new();
    private readonly Dictionary<string, DateTimeOffset> _lastTaken = new(StringComparer.Ordinal);
    private JournalNode _source;
    private JournalNode _target;

    private JournalReading(ValidatorPair pair) => (_pair, _source, _target) = (pair, new JournalNode(pair.Source.Name, null), new JournalNode(pair.Target.Name, null));

    /// <summary>Why the journal could not be read; null if it was read.</summary>
    public string? Failure { get; private init; }

    /// <summary>The runs that did not end, oldest first, without this one.</summary>
    public IReadOnlyList<string> Interrupted => [.. _interrupted.Names];

    /// <summary>Another run that has changed a node since this one began; null if there is none.</summary>
    private string? Newer { get; set; }

    private bool HasBegun { get; set; }

    /// <summary>Reads the journal, within its time limit.</summary>
    /// <param name="options">The journal and its limit.</param>
    /// <param name="pair">The nodes whose entries count.</param>
    /// <param name="run">This run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the read. The journal then counts as not read.</param>
    public static async Task<JournalReading> ReadAsync(FailoverOptions options, ValidatorPair pair, string run, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var look = new JournalReading(pair);
            await look.TakeInAsync(options.Journal, pair.StakedIdentity.ToString(), run, cancellationToken).WaitAsync(options.JournalTimeout, time, cancellationToken).ConfigureAwait(false);
            return look;
        }
        catch (Exception exception)
        {
            // An embedder's journal may throw anything. Its content is then unknown.
            return new JournalReading(pair) { Failure = exception.Message };
        }
    }

    /// <summary>The same, for nodes that were probed: it then identifies them by their identities, not by their names.</summary>
    public JournalReading Meeting(NodeSurvey? source, NodeSurvey? target)
    {
        _source = source is null ? _source : JournalNode.Of(source, _pair.StakedIdentity);
        _target = target is null ? _target : JournalNode.Of(target, _pair.StakedIdentity);
        return this;
    }

    /// <summary>Whether a <c>set-identity</c> to the staked identity was sent to the node and its result is unknown. True if the journal could not be read.</summary>
    public bool MayTakeIdentity(ValidatorNode node) => Failure is not null || Remembers(_openPromotions, node) is not null;

    /// <summary>Whether an earlier run removed the node's voters because a promotion might still arrive, and no run has added them since.</summary>
    public bool WasLeftSealed(ValidatorNode node) => Remembers(_leftSealed, node) is not null;

    /// <summary>
    /// The takeover that took the identity from the node and left a pending demotion there; null if there is none. It is pending from the moment when the promotion is sent,
    /// because a coordinator that crashes after that moment writes nothing more.
    /// </summary>
    public string? OwedBy(ValidatorNode node) => Remembers(_owed, node);

    /// <summary>Whether both nodes were seen to be the same node.</summary>
    public bool NodesAreOne => _source.IsSurely(_target);

    /// <summary>Whether the node has a pending demotion and the newest takeover with a pending demotion in this pair promoted another node than this one.</summary>
    public bool WentElsewhere(ValidatorNode node) => node == _pair.Source ? _owed.WentElsewhere(_source, _target) : _owed.WentElsewhere(_target, _source);

    /// <summary>When each node last took the staked identity, or may have, by the clock of the coordinator that promoted it.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> LastTaken => _lastTaken;

    /// <summary>Why a run that holds its locks must stop; null if it may continue.</summary>
    public CallResult? RefusalOf(string run) =>
        Failure is not null ? CallResult.NotDone(CallFailure.Refused, $"the journal could not be read, so it is unknown whether another switchover has moved something since this one began: {Failure}")
        : Newer is not null ? CallResult.NotDone(CallFailure.Superseded, $"the journal says that {Newer} has moved something since this one began")
        : !HasBegun ? CallResult.NotDone(CallFailure.Refused, $"the journal does not return the entry with which {run} began, so it does not keep what is written")
        : null;

    private string? Remembers(NodeMemory memory, ValidatorNode node) => node == _pair.Source ? memory.RunOf(_source, _target) : memory.RunOf(_target, _source);

    private async Task TakeInAsync(IFailoverJournal journal, string stakedIdentity, string run, CancellationToken cancellationToken)
    {
        await foreach (var entry in journal.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry is { Source: { } source, Target: { } target } && entry.StakedIdentity == stakedIdentity)
            {
                TakeIn(entry, run, new JournalNode(source, entry.SourceUnstaked), new JournalNode(target, entry.TargetUnstaked));
            }
        }
    }

    private void TakeIn(JournalEntry entry, string run, JournalNode source, JournalNode target)
    {
        if (entry.Event == JournalEvent.Begun)
        {
            _runs[entry.RunId] = entry.KindOfRun();
        }

        if (entry.RunId == run)
        {
            HasBegun |= entry.Event == JournalEvent.Begun;
        }
        else if (entry.Event == JournalEvent.Begun)
        {
            _interrupted.Begin(entry.RunId, source, target);
        }
        else if (HasBegun && entry.Event == JournalEvent.Intent && Moves(entry.Step))
        {
            Newer = entry.RunId;
        }

        var kind = _runs.GetValueOrDefault(entry.RunId);
        switch (entry.Event)
        {
            case JournalEvent.Intent:
                FollowIntention(entry, kind, source, target);
                break;
            case JournalEvent.Done or JournalEvent.NotDone:
                FollowAnswer(entry, kind, run, source, target);
                break;
            case JournalEvent.DemotionCompleted:
                var (settled, beside) = entry.SettledSide(kind) == NodeSide.Source ? (source, target) : (target, source);
                _owed.Settle(entry.RunId, settled, beside);
                break;
            case JournalEvent.Ended:
                FollowEnd(entry, kind, source, target);
                break;
        }
    }

    private void FollowIntention(JournalEntry entry, RunKind kind, JournalNode source, JournalNode target)
    {
        switch (EffectOf(entry))
        {
            case JournalEffect.PromotesTarget:
                _lastTaken[target.Name] = entry.At;
                _openPromotions.Add(PromotionOf(entry), target, source);
                if (kind == RunKind.Takeover)
                {
                    _owed.Add(entry.RunId, source, target);
                }

                break;
            case JournalEffect.PromotesSource:
                _lastTaken[source.Name] = entry.At;
                _openPromotions.Add(PromotionOf(entry), source, target);
                break;
        }
    }

    private void FollowAnswer(JournalEntry entry, RunKind kind, string run, JournalNode source, JournalNode target)
    {
        _openPromotions.Forget(PromotionOf(entry));
        if (entry.Event != JournalEvent.Done)
        {
            return;
        }

        switch (EffectOf(entry))
        {
            case JournalEffect.PromotesTarget:
                // It is now the active node, not a lost one.
                _lastTaken[target.Name] = entry.At;
                _owed.Settle(entry.RunId, target, source);
                break;

            // This run returns the voters of a node that it sealed itself.
            case JournalEffect.SealsTarget when entry.RunId != run:
                _leftSealed.Add(entry.RunId, target, source);
                break;
            case JournalEffect.UnsealsTarget when entry.RunId != run:
                _leftSealed.Settle(entry.RunId, target, source);
                break;
            case JournalEffect.UnsealsBoth when entry.RunId != run:
                _leftSealed.Settle(entry.RunId, target, source);

                // A takeover returns nothing to the lost node.
                if (kind != RunKind.Takeover)
                {
                    _leftSealed.Settle(entry.RunId, source, target);
                }

                break;
        }
    }

    /// <summary>A run that ended well has seen which node votes, and that the other one cannot. A takeover has seen nothing of the lost node.</summary>
    private void FollowEnd(JournalEntry entry, RunKind kind, JournalNode source, JournalNode target)
    {
        _interrupted.End(entry.RunId);
        var outcome = entry.OutcomeOfRun();
        if (outcome is FailoverOutcome.Refused or FailoverOutcome.RolledBack)
        {
            // The target was not promoted, so the source keeps its identity. What was pending there before stays pending.
            _owed.Forget(entry.RunId);
        }

        if (outcome is not (FailoverOutcome.Completed or FailoverOutcome.RolledBack))
        {
            return;
        }

        _openPromotions.Settle(entry.RunId, target, source);
        if (kind != RunKind.Takeover)
        {
            _openPromotions.Settle(entry.RunId, source, target);
            _interrupted.Settle(source, target);
        }
    }

    // A run may send one to each node. The answer of one node says nothing about the other.
    private static string PromotionOf(JournalEntry entry) => $"{entry.RunId}, {entry.Step}";

    private static JournalEffect EffectOf(JournalEntry entry) => StepTable.Find(entry.Step)?.Journal ?? JournalEffect.None;

    // A run at such a step holds both locks, and is about to change what other runs read. A step that this version does not know counts as one.
    private static bool Moves(string? step) => StepTable.Find(step) is null or { Change: StepChange.Moves };
}
