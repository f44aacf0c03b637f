using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.Execution;

/// <summary>What the journal says of the runs that a pair's staked identity had before, for each node by itself. By the order of the entries, not by their times.</summary>
internal sealed class JournalLook
{
    private readonly ValidatorPair _pair;
    private readonly Dictionary<string, RunKind> _runs = new(StringComparer.Ordinal);
    private readonly InterruptedRuns _interrupted = new();
    private readonly NodeMemory _owed = new();
    private readonly NodeMemory _openPromotions = new();
    private readonly NodeMemory _leftSealed = new();
    private JournalNode _source;
    private JournalNode _target;

    private JournalLook(ValidatorPair pair) => (_pair, _source, _target) = (pair, new JournalNode(pair.Source.Name, null), new JournalNode(pair.Target.Name, null));

    /// <summary>Why it could not be read; null if it was.</summary>
    public string? Failure { get; private init; }

    /// <summary>The runs, this one left out, that did not come to their end, oldest first.</summary>
    public IReadOnlyList<string> Interrupted => [.. _interrupted.Names];

    /// <summary>Another run that has moved something since this one began; null if none has.</summary>
    private string? Newer { get; set; }

    private bool HasBegun { get; set; }

    /// <summary>Reads it, within the journal's time limit.</summary>
    /// <param name="options">The journal and its limit.</param>
    /// <param name="pair">Whose entries count.</param>
    /// <param name="run">This run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up; the journal then counts as not read.</param>
    public static async Task<JournalLook> ReadAsync(FailoverOptions options, ValidatorPair pair, string run, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var look = new JournalLook(pair);
            await look.TakeInAsync(options.Journal, pair.StakedIdentity.ToString(), run, cancellationToken).WaitAsync(options.JournalTimeout, time, cancellationToken).ConfigureAwait(false);
            return look;
        }
        catch (Exception exception)
        {
            // An embedder's journal may throw anything. What it holds, nobody has seen.
            return new JournalLook(pair) { Failure = exception.Message };
        }
    }

    /// <summary>The same, for nodes that were looked at: they are known by their identities then, whatever they are called.</summary>
    public JournalLook Meeting(NodeSurvey? source, NodeSurvey? target)
    {
        _source = source is null ? _source : JournalNode.Of(source, _pair.StakedIdentity);
        _target = target is null ? _target : JournalNode.Of(target, _pair.StakedIdentity);
        return this;
    }

    /// <summary>Whether a <c>set-identity</c> to the staked one was sent to the node of which it is not known what came. True if the journal could not be read.</summary>
    public bool MayTakeIdentity(ValidatorNode node) => Failure is not null || Remembers(_openPromotions, node) is not null;

    /// <summary>Whether a run before has taken the node's voters away because a promotion might come late, and nobody has given them back since.</summary>
    public bool WasLeftSealed(ValidatorNode node) => Remembers(_leftSealed, node) is not null;

    /// <summary>
    /// The takeover that took the identity from the node and left something to be done there; null if none did. It is owed from the moment in which the promotion was sent: whoever crashed
    /// there can say nothing more.
    /// </summary>
    public string? OwedBy(ValidatorNode node) => Remembers(_owed, node);

    /// <summary>Whether both nodes were seen to be one and the same.</summary>
    public bool NodesAreOne => _source.IsSurely(_target);

    /// <summary>Whether something is owed on the node, and the newest takeover of which something is owed on either node gave the identity to another one.</summary>
    public bool WentElsewhere(ValidatorNode node) => node == _pair.Source ? _owed.WentElsewhere(_source, _target) : _owed.WentElsewhere(_target, _source);

    /// <summary>Why a run that has taken its locks must stop all the same; null if it may go on.</summary>
    public CallResult? RefusalOf(string run) =>
        Failure is not null ? CallResult.NotDone(CallFailure.Refused, $"the journal could not be read, so that nobody knows whether another switchover has moved something since this one began: {Failure}")
        : Newer is not null ? CallResult.NotDone(CallFailure.Superseded, $"the journal says that {Newer} has moved something since this one began")
        : !HasBegun ? CallResult.NotDone(CallFailure.Refused, $"the journal does not give back that {run} has begun; whatever it keeps, it is not this")
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
            _runs[entry.Switchover] = entry.KindOfRun();
        }

        if (entry.Switchover == run)
        {
            HasBegun |= entry.Event == JournalEvent.Begun;
        }
        else if (entry.Event == JournalEvent.Begun)
        {
            _interrupted.Begin(entry.Switchover, source, target);
        }
        else if (HasBegun && entry.Event == JournalEvent.Intended && Moves(entry.Step))
        {
            Newer = entry.Switchover;
        }

        var kind = _runs.GetValueOrDefault(entry.Switchover);
        switch (entry.Event)
        {
            case JournalEvent.Intended:
                FollowIntention(entry, kind, source, target);
                break;
            case JournalEvent.Done or JournalEvent.NotDone:
                FollowAnswer(entry, kind, run, source, target);
                break;
            case JournalEvent.Settled:
                var (settled, beside) = entry.SettledSide(kind) == NodeSide.Source ? (source, target) : (target, source);
                _owed.Settle(entry.Switchover, settled, beside);
                break;
            case JournalEvent.Ended:
                FollowEnd(entry, kind, source, target);
                break;
        }
    }

    private void FollowIntention(JournalEntry entry, RunKind kind, JournalNode source, JournalNode target)
    {
        switch (entry.Step)
        {
            case nameof(SwitchoverStep.Promote):
                _openPromotions.Add(PromotionOf(entry), target, source);
                if (kind == RunKind.Takeover)
                {
                    _owed.Add(entry.Switchover, source, target);
                }

                break;
            case nameof(SwitchoverStep.RestoreIdentity):
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

        switch (entry.Step)
        {
            case nameof(SwitchoverStep.Promote):
                // It is the active node now, and no lost one.
                _owed.Settle(entry.Switchover, target, source);
                break;

            // What this run has sealed, it gives back itself.
            case nameof(SwitchoverStep.SealTarget) when entry.Switchover != run:
                _leftSealed.Add(entry.Switchover, target, source);
                break;
            case nameof(SwitchoverStep.UnsealTarget) or nameof(SwitchoverStep.ReturnVoters) when entry.Switchover != run:
                _leftSealed.Settle(entry.Switchover, target, source);
                break;
            case nameof(SwitchoverStep.Arm) when entry.Switchover != run:
                _leftSealed.Settle(entry.Switchover, target, source);

                // A takeover gives the node that is lost nothing.
                if (kind != RunKind.Takeover)
                {
                    _leftSealed.Settle(entry.Switchover, source, target);
                }

                break;
        }
    }

    /// <summary>A run that found a good end has seen who votes, and that the other node cannot. A takeover has seen nothing of the node that is lost.</summary>
    private void FollowEnd(JournalEntry entry, RunKind kind, JournalNode source, JournalNode target)
    {
        _interrupted.End(entry.Switchover);
        var outcome = entry.OutcomeOfRun();
        if (outcome is SwitchoverOutcome.Refused or SwitchoverOutcome.Undone)
        {
            // The target was not promoted: nothing was taken from the source. What is owed there since before stays owed.
            _owed.Forget(entry.Switchover);
        }

        if (outcome is not (SwitchoverOutcome.Completed or SwitchoverOutcome.Undone))
        {
            return;
        }

        _openPromotions.Settle(entry.Switchover, target, source);
        if (kind != RunKind.Takeover)
        {
            _openPromotions.Settle(entry.Switchover, source, target);
            _interrupted.Settle(source, target);
        }
    }

    // A run may send one to each node, and an answer of one says nothing of the other.
    private static string PromotionOf(JournalEntry entry) => $"{entry.Switchover}, {entry.Step}";

    // Whoever has gone beyond its arming had both locks, and is about to change what others find.
    private static bool Moves(string? step) => step is not (
        nameof(SwitchoverStep.Preflight) or nameof(SwitchoverStep.RestartWindow) or nameof(SwitchoverStep.Arm)
        or nameof(SwitchoverStep.Lock) or nameof(SwitchoverStep.Diagnose) or nameof(SwitchoverStep.Release)
        or nameof(SwitchoverStep.LookAtTarget) or nameof(SwitchoverStep.LookAtSource) or nameof(SwitchoverStep.SeeTargetVote) or nameof(SwitchoverStep.SeeSourceVote) or nameof(SwitchoverStep.Weigh) or nameof(SwitchoverStep.TakeTower));
}
