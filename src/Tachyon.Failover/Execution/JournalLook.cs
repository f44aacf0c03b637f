using Tachyon.Failover.Journal;

namespace Tachyon.Failover.Execution;

/// <summary>What the journal says of the runs that a pair's staked identity had before. By the order of the entries, not by their times.</summary>
internal sealed class JournalLook
{
    /// <summary>By this the beginning of a takeover is known.</summary>
    public const string TakeoverDetail = "takeover";

    private readonly HashSet<string> _takeovers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _owed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nodesThatMayTakeIt = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nodesLeftSealed = new(StringComparer.Ordinal);
    private string? _last;

    private JournalLook()
    {
    }

    /// <summary>Why it could not be read; null if it was.</summary>
    public string? Failure { get; private init; }

    /// <summary>The last run, this one left out, if it did not come to its end; null if it did, or there was none.</summary>
    public string? Interrupted { get; private set; }

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
            var look = new JournalLook();
            await look.TakeInAsync(options.Journal, pair.StakedIdentity.ToString(), run, cancellationToken).WaitAsync(options.JournalTimeout, time, cancellationToken).ConfigureAwait(false);
            return look;
        }
        catch (Exception exception)
        {
            // An embedder's journal may throw anything. What it holds, nobody has seen.
            return new JournalLook { Failure = exception.Message };
        }
    }

    /// <summary>Whether a <c>set-identity</c> to the staked one was sent to the node of which it is not known what came. True if the journal could not be read.</summary>
    public bool MayTakeIdentity(ValidatorNode node) => Failure is not null || _nodesThatMayTakeIt.Contains(node.Name);

    /// <summary>Whether a run before has taken the node's voters away because a promotion might come late, and nobody has given them back since.</summary>
    public bool WasLeftSealed(ValidatorNode node) => _nodesLeftSealed.Contains(node.Name);

    /// <summary>
    /// The takeover that took the identity from the node and left something to be done there; null if none did. It is owed from the moment in which the promotion was sent: whoever crashed
    /// there can say nothing more.
    /// </summary>
    public string? OwedBy(ValidatorNode node) => _owed.GetValueOrDefault(node.Name);

    /// <summary>Why a run that has taken its locks must stop all the same; null if it may go on.</summary>
    public CallResult? RefusalOf(string run) =>
        Failure is not null ? CallResult.NotDone(CallFailure.Refused, $"the journal could not be read, so that nobody knows whether another switchover has moved something since this one began: {Failure}")
        : Newer is not null ? CallResult.NotDone(CallFailure.Superseded, $"the journal says that {Newer} has moved something since this one began")
        : !HasBegun ? CallResult.NotDone(CallFailure.Refused, $"the journal does not give back that {run} has begun; whatever it keeps, it is not this")
        : null;

    private async Task TakeInAsync(IFailoverJournal journal, string stakedIdentity, string run, CancellationToken cancellationToken)
    {
        await foreach (var entry in journal.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.StakedIdentity == stakedIdentity)
            {
                TakeIn(entry, run);
            }
        }
    }

    private void TakeIn(JournalEntry entry, string run)
    {
        if (entry.Switchover == run)
        {
            HasBegun |= entry.Event == JournalEvent.Begun;
        }
        else if (entry.Event == JournalEvent.Begun)
        {
            (_last, Interrupted) = (entry.Switchover, entry.Switchover);
        }
        else if (entry.Event == JournalEvent.Ended && entry.Switchover == _last)
        {
            Interrupted = null;
        }
        else if (HasBegun && entry.Event == JournalEvent.Intended && Moves(entry.Step))
        {
            Newer = entry.Switchover;
        }

        FollowIdentity(entry);
        FollowDebt(entry);

        // What this run has sealed, it gives back itself.
        if (entry.Switchover != run)
        {
            FollowSeal(entry);
        }
    }

    private void FollowDebt(JournalEntry entry)
    {
        if (entry is { Event: JournalEvent.Begun, Detail: TakeoverDetail })
        {
            _takeovers.Add(entry.Switchover);
        }
        else if (entry is { Event: JournalEvent.Intended, Step: nameof(SwitchoverStep.Promote), Source: { } lost } && _takeovers.Contains(entry.Switchover))
        {
            // What is owed there since before stays owed, whatever comes of this one.
            _owed.TryAdd(lost, entry.Switchover);
        }
        else if (entry.Event == JournalEvent.Settled)
        {
            _owed.Clear();
        }
        else if (entry.Event == JournalEvent.Ended && WasNotPromoted(entry.Detail))
        {
            foreach (var node in _owed.Where(debt => debt.Value == entry.Switchover).Select(static debt => debt.Key).ToList())
            {
                _owed.Remove(node);
            }
        }
    }

    private static bool WasNotPromoted(string? detail) =>
        detail is not null
        && (detail.StartsWith(nameof(SwitchoverOutcome.Refused), StringComparison.Ordinal) || detail.StartsWith(nameof(SwitchoverOutcome.Undone), StringComparison.Ordinal));

    private void FollowSeal(JournalEntry entry)
    {
        if (entry is not { Event: JournalEvent.Done, Source: { } source, Target: { } target })
        {
            return;
        }

        switch (entry.Step)
        {
            case nameof(SwitchoverStep.SealTarget):
                _nodesLeftSealed.Add(target);
                break;
            case nameof(SwitchoverStep.UnsealTarget) or nameof(SwitchoverStep.ReturnVoters):
                _nodesLeftSealed.Remove(target);
                break;
            case nameof(SwitchoverStep.Arm):
                _nodesLeftSealed.Remove(source);
                _nodesLeftSealed.Remove(target);
                break;
        }
    }

    /// <summary>A promotion, or an identity given back, is open from its intention until an answer came, or its run found a good end.</summary>
    private void FollowIdentity(JournalEntry entry)
    {
        if (NodeThatTakesItIn(entry) is { } node)
        {
            if (entry.Event == JournalEvent.Intended)
            {
                _nodesThatMayTakeIt.Add(node);
            }
            else if (entry.Event is JournalEvent.Done or JournalEvent.NotDone)
            {
                _nodesThatMayTakeIt.Remove(node);
            }
        }
        else if (entry.Event == JournalEvent.Ended && IsGoodEnd(entry.Detail))
        {
            _nodesThatMayTakeIt.Clear();
        }
    }

    private static bool IsGoodEnd(string? detail) =>
        detail is not null
        && (detail.StartsWith(nameof(SwitchoverOutcome.Completed), StringComparison.Ordinal) || detail.StartsWith(nameof(SwitchoverOutcome.Undone), StringComparison.Ordinal));

    private static string? NodeThatTakesItIn(JournalEntry entry) => entry.Step switch
    {
        nameof(SwitchoverStep.Promote) => entry.Target,
        nameof(SwitchoverStep.RestoreIdentity) => entry.Source,
        _ => null,
    };

    // Whoever has gone beyond its arming had both locks, and is about to change what others find.
    private static bool Moves(string? step) => step is not (
        nameof(SwitchoverStep.Preflight) or nameof(SwitchoverStep.RestartWindow) or nameof(SwitchoverStep.Arm)
        or nameof(SwitchoverStep.Lock) or nameof(SwitchoverStep.Diagnose) or nameof(SwitchoverStep.Release)
        or nameof(SwitchoverStep.LookAtTarget) or nameof(SwitchoverStep.LookAtSource) or nameof(SwitchoverStep.SeeTargetVote) or nameof(SwitchoverStep.SeeSourceVote) or nameof(SwitchoverStep.Weigh) or nameof(SwitchoverStep.TakeTower));
}
