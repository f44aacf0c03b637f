using Tachyon.Failover.Journal;

namespace Tachyon.Failover.Decisions;

/// <summary>What a journal's entries say of earlier runs of a staked identity, separately for each node. The order of the entries counts, not their times. Pure.</summary>
/// <param name="stakedIdentity">The identity whose entries count.</param>
/// <param name="run">The run that reads.</param>
/// <param name="source">Its source, as far as it is known.</param>
/// <param name="target">Its target.</param>
internal sealed class JournalMemory(Pubkey stakedIdentity, RunId run, JournalNode source, JournalNode target)
{
    private readonly string _stakedIdentity = stakedIdentity.ToString();
    private readonly Dictionary<RunId, RunKind> _runs = [];
    private readonly InterruptedRuns _interrupted = new();
    private readonly NodeMemory _owed = new();
    private readonly NodeMemory _openPromotions = new();
    private readonly NodeMemory _leftSealed = new();
    private JournalNode _source = source;
    private JournalNode _target = target;

    /// <summary>The runs that did not end, oldest first, without this one.</summary>
    public IReadOnlyList<RunId> Interrupted => [.. _interrupted.Ids];

    /// <summary>Another run that has changed a node since this one began; null if there is none.</summary>
    public RunId? Newer { get; private set; }

    /// <summary>Whether the entry with which this run began was read.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether both nodes were seen to be the same node.</summary>
    public bool NodesAreOne => _source.IsSurely(_target);

    /// <summary>Identifies the nodes by their identities from now on, not by their names.</summary>
    public void Meet(JournalNode? source, JournalNode? target) => (_source, _target) = (source ?? _source, target ?? _target);

    /// <summary>Whether a <c>set-identity</c> to the staked identity was sent to the node and its result is unknown.</summary>
    public bool MayTakeIdentity(NodeSide side) => RunOf(_openPromotions, side) is not null;

    /// <summary>Whether an earlier run removed the node's voters because a promotion might still arrive, and no run has added them since.</summary>
    public bool WasLeftSealed(NodeSide side) => RunOf(_leftSealed, side) is not null;

    /// <summary>
    /// The takeover that took the identity from the node and left a pending demotion there; null if there is none. It is pending from the moment when the promotion is sent,
    /// because a coordinator that crashes after that moment writes nothing more.
    /// </summary>
    public RunId? DemotionPendingBy(NodeSide side) => RunOf(_owed, side);

    /// <summary>Whether the node has a pending demotion and the newest takeover with a pending demotion in this pair promoted another node than this one.</summary>
    public bool WentElsewhere(NodeSide side) => side == NodeSide.Source ? _owed.WentElsewhere(_source, _target) : _owed.WentElsewhere(_target, _source);

    private RunId? RunOf(NodeMemory memory, NodeSide side) => side == NodeSide.Source ? memory.RunOf(_source, _target) : memory.RunOf(_target, _source);

    /// <summary>Follows the next entry.</summary>
    /// <returns>The name of the node that took the staked identity at this entry, or may have; null if none did.</returns>
    public string? TakeIn(JournalEntry entry)
    {
        if (entry is not { Source: { } sourceName, Target: { } targetName } || entry.StakedIdentity != _stakedIdentity)
        {
            return null;
        }

        var (source, target) = (new JournalNode(sourceName, entry.SourceUnstaked), new JournalNode(targetName, entry.TargetUnstaked));
        if (entry.Event == JournalEvent.Begun)
        {
            _runs[entry.RunId] = entry.Kind ?? RunKind.Switchover;
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
                FollowAnswer(entry, kind, source, target);
                break;
            case JournalEvent.DemotionCompleted:
                // In a takeover that is the source. A recovery names the keeper as its source, and the node is the other one.
                var side = entry.Demoted ?? (kind == RunKind.Takeover ? NodeSide.Source : NodeSide.Target);
                var (done, beside) = side == NodeSide.Source ? (source, target) : (target, source);
                _owed.End(entry.RunId, done, beside);
                break;
            case JournalEvent.Ended:
                FollowEnd(entry, kind, source, target);
                break;
        }

        return TakerIn(entry);
    }

    private void FollowIntention(JournalEntry entry, RunKind kind, JournalNode source, JournalNode target)
    {
        switch (EffectOf(entry))
        {
            case JournalEffect.PromotesTarget:
                _openPromotions.Add(PromotionOf(entry), target, source);
                if (kind == RunKind.Takeover)
                {
                    _owed.Add(new Cause(entry.RunId), source, target);
                }

                break;
            case JournalEffect.PromotesSource:
                _openPromotions.Add(PromotionOf(entry), source, target);
                break;
        }
    }

    private void FollowAnswer(JournalEntry entry, RunKind kind, JournalNode source, JournalNode target)
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
                _owed.End(entry.RunId, target, source);
                break;

            // This run returns the voters of a node that it sealed itself.
            case JournalEffect.SealsTarget when entry.RunId != run:
                _leftSealed.Add(new Cause(entry.RunId), target, source);
                break;
            case JournalEffect.UnsealsTarget when entry.RunId != run:
                _leftSealed.End(entry.RunId, target, source);
                break;
            case JournalEffect.UnsealsBoth when entry.RunId != run:
                _leftSealed.End(entry.RunId, target, source);

                // A takeover returns nothing to the lost node.
                if (kind != RunKind.Takeover)
                {
                    _leftSealed.End(entry.RunId, source, target);
                }

                break;
        }
    }

    /// <summary>A run that ended well has seen which node votes, and that the other one cannot. A takeover has seen nothing of the lost node.</summary>
    private void FollowEnd(JournalEntry entry, RunKind kind, JournalNode source, JournalNode target)
    {
        _interrupted.End(entry.RunId);
        if (entry.Outcome is FailoverOutcome.Refused or FailoverOutcome.RolledBack)
        {
            // The target was not promoted, so the source keeps its identity. What was pending there before stays pending.
            _owed.Forget(new Cause(entry.RunId));
        }

        if (entry.Outcome is not (FailoverOutcome.Completed or FailoverOutcome.RolledBack))
        {
            return;
        }

        _openPromotions.End(entry.RunId, target, source);
        if (kind != RunKind.Takeover)
        {
            _openPromotions.End(entry.RunId, source, target);
            _interrupted.EndAllOf(source, target);
        }
    }

    // A run may send one to each node. The answer of one node says nothing about the other.
    private static Cause PromotionOf(JournalEntry entry) => new(entry.RunId, entry.Step);

    private static string? TakerIn(JournalEntry entry) => (entry.Event, EffectOf(entry)) switch
    {
        (JournalEvent.Intent or JournalEvent.Done, JournalEffect.PromotesTarget) => entry.Target,
        (JournalEvent.Intent, JournalEffect.PromotesSource) => entry.Source,
        _ => null,
    };

    private static JournalEffect EffectOf(JournalEntry entry) => StepTable.Find(entry.Step)?.Journal ?? JournalEffect.None;

    // A run at such a step holds both locks, and is about to change what other runs read. A step that this version does not know counts as one.
    private static bool Moves(string? step) => StepTable.Find(step) is null or { Change: StepChange.Moves };
}
