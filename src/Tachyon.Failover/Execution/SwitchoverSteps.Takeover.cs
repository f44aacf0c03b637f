using Tachyon.Failover.Monitoring;
using Tachyon.Failover.Protocol;
using Tachyon.Failover.Takeover;
using Tachyon.Failover.Timing;
using Tachyon.Failover.Towers;
using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Execution;

/// <summary>The steps of a takeover that are other ones than a switchover's: nothing waits for the lost node.</summary>
internal sealed partial class SwitchoverSteps
{
    // Of a node that is lost votes were seen to land a moment ago; of one that is not they are behind this, too.
    private static readonly TimeSpan VotesUnderWay = TimeSpan.FromSeconds(5);

    // Finding the ports takes one call, and trying them another.
    private const int LimitsToSee = 2;

    private readonly LostNode? _lost = takeover is null ? null : new LostNode(given, takeover.Policy, options.Drain, time);
    private SilenceFacts _silence = new();
    private Moment _weighedAt;

    /// <summary>What the newest weighing came to; null before the first, and of a switchover.</summary>
    public TakeoverEvidence? Evidence { get; private set; }

    /// <summary>
    /// How long the promotion may be on its way until the target does not begin with it any more. A source that no restart brings back may still be given its vote back by an operator; one that was
    /// silent, or whose power was cut, may come back by itself.
    /// </summary>
    private TimeSpan? PromotionMayWait => _lost switch
    {
        null => options.Rules.OrdersGoStale ? OrderLimit.LeftAfter(_sealAsked!.Value.Age(time)) : null,
        { Reach: { IsFenced: true, LinkIsUnstaked: true } } => OrderLimit.LeftAfter(_weighedAt.Age(time)),
        _ => LongestWeighing + Policy.CallLimit - _weighedAt.Age(time),
    };

    private TimeSpan LongestWeighing => TimeSpan.FromTicks(Math.Max(LimitsToSee * Policy.CallLimit.Ticks, Watch.Options.LookLimit.Ticks));

    private ValidatorWatch Watch => takeover!.Watch;

    private TakeoverPolicy Policy => takeover!.Policy;

    /// <summary>Starts a step of a takeover; those without a way of their own are a switchover's.</summary>
    private Task<StepObservation> StartForTakeoverAsync(SwitchoverStep step, CancellationToken cancellationToken) => step switch
    {
        SwitchoverStep.Preflight => AsObservation(step, LookAsync(LookScope.Takeover.First, cancellationToken)),
        SwitchoverStep.Weigh => WeighAsync(cancellationToken),
        SwitchoverStep.Arm => ArmTakeoverAsync(cancellationToken),
        SwitchoverStep.MoveSourceLink => AsObservation(step, _lost!.MoveLinkAsync()),
        SwitchoverStep.Seal => AsObservation(step, SealLostAsync()),
        SwitchoverStep.Fence => AsObservation(step, _lost!.DemoteAsync()),
        SwitchoverStep.StopSource => AsObservation(step, _lost!.StopAsync()),
        SwitchoverStep.PowerOffSource => AsObservation(step, PowerOffAsync(cancellationToken)),
        SwitchoverStep.TakeTower => AsObservation(step, TakeTowerAsync(cancellationToken)),
        SwitchoverStep.Verify => VerifyTakeoverAsync(),
        SwitchoverStep.Tidy => AsObservation(step, TidyLostAsync()),
        _ => StartAsync(step, cancellationToken),
    };

    /// <summary>Weighs, for whoever only wants to see what there is.</summary>
    public async Task<TakeoverEvidence> SeeEvidenceAsync(CancellationToken cancellationToken)
    {
        await WeighAsync(cancellationToken).ConfigureAwait(false);
        return Evidence!;
    }

    private async Task<StepObservation> WeighAsync(CancellationToken cancellationToken)
    {
        _weighedAt = Moment.Now(time);
        if (Evidence is null || options.Rules.WeighsAgain)
        {
            Evidence = await LookForEvidenceAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_lost!.Before.RefusalAsLost(Pair.StakedIdentity) is { } misread)
        {
            return new StepObservation(SwitchoverStep.Weigh, CallResult.NotDone(CallFailure.Refused, misread));
        }

        // A node whose files cannot be read is left alone, whatever else answers there.
        var mayBeChanged = _lost.Reach.ShellAnswers && _lost.Before.WasAnswered;
        var facts = new EvidenceFacts(Evidence.Grade, EvidenceScale.MayReach(Evidence, _lost.Reach, Policy), mayBeChanged, IsShown: !_lost.Reach.MayBeFenced);
        return new StepObservation(SwitchoverStep.Weigh, CallResult.Done($"{Evidence.Grade}"), Evidence: facts, Source: _lost.Before.WasAnswered ? Facts(_lost.Before) : null);

        NodeFacts Facts(NodeReading read) => new() { Identity = read.RoleIn(Pair.StakedIdentity), Link = read.Link?.Identity };
    }

    /// <summary>
    /// Looks at the cluster until the evidence is enough, or can be told not to come to that. A node that was fenced needs no witnesses; one whose fencing is asked for is not waited for by them. What was
    /// done to the node may have fenced it although a look failed to show it: then it is looked at again, with more patience, and once at least before an adapter has to do it.
    /// </summary>
    private async Task<TakeoverEvidence> LookForEvidenceAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var patience = (1.5 * Policy.Silence.LostAfter) + TimeSpan.FromSeconds(10);
        for (var isPatient = false; ; isPatient = _lost.Reach.MayBeFenced)
        {
            // All that is weighed together is seen together: the node was silent while the witnesses were asked.
            _weighedAt = Moment.Now(time);
            var looking = _lost!.LookAsync(isPatient);
            if (_lost.HasAnswered)
            {
                // It may be fenced, and needs no witnesses then.
                await looking.ConfigureAwait(false);
            }

            // Neither does one that can be read back; what a fence from outside says is held against the chain.
            if (!_lost.Reach.IsFenced || _lost.FencedAt is not null || Evidence is null)
            {
                _silence = await SeeSilenceAsync(cancellationToken).ConfigureAwait(false);
            }

            await looking.ConfigureAwait(false);
            var evidence = HeldAgainstTower(EvidenceScale.Weigh(_lost.Reach, _silence, Policy));
            var looked = time.GetElapsedTime(begun);
            var mayShow = _lost.Reach.MayBeFenced && !(isPatient && _lost.Reach.HasFence);
            if (evidence.Grade >= Policy.LeastGrade
                || (Policy.LeastGrade == EvidenceGrade.Fenced && !mayShow)
                || (_lost.Reach.ShellAnswers && Evidence is null)
                || (Watch.Verdict.State == WatchState.Healthy && looked > VotesUnderWay)
                || looked > patience)
            {
                return evidence;
            }

            Note(SwitchoverStep.Weigh, Watch.Verdict.ToString());
            await Task.Delay(Watch.Options.LookEvery, time, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A vote that landed behind the tower's newest shows that somebody votes, or that the tower is not whole.</summary>
    private TakeoverEvidence HeldAgainstTower(TakeoverEvidence evidence) =>
        options.Rules.ChecksShadow && LastKnownVote is { } last && Landed > last
            ? evidence with { Grade = EvidenceGrade.None, Seen = [.. evidence.Seen, $"a vote for slot {Landed} has landed, and the tower that was taken ends with slot {last}"] }
            : evidence;

    private Task<StepObservation> ArmTakeoverAsync(CancellationToken cancellationToken) => OpenLastAsync(PrepareTakeoverAsync(cancellationToken));

    /// <summary>All of the arming that opens nothing.</summary>
    private async Task<CallResult> PrepareTakeoverAsync(CancellationToken cancellationToken)
    {
        var locks = await LockAsync(cancellationToken).ConfigureAwait(false);
        if (!locks.IsDone)
        {
            return locks;
        }

        var journal = await ReadJournalAsync(cancellationToken).ConfigureAwait(false);
        if (journal.RefusalOf(run) is { } superseded)
        {
            return superseded;
        }

        var looked = await LookAsync(LookScope.Takeover.Second, cancellationToken).ConfigureAwait(false);
        if (!looked.IsDone)
        {
            return looked;
        }

        await AwaitClocksAsync(Pair.Target, journal.LastTaken, cancellationToken).ConfigureAwait(false);
        var tried = await TryTargetAsync(cancellationToken).ConfigureAwait(false);
        if (tried.IsDone)
        {
            _targetFeed ??= new TowerFeed(Pair.Towers, NodeSide.Target, Pair.StakedIdentity, time);
        }

        return tried;
    }

    private async Task<CallResult> SealLostAsync()
    {
        var tower = await _lost!.SealAsync().ConfigureAwait(false);
        if (!tower.IsDone)
        {
            return tower.Call;
        }

        var verdict = TowerVerification.Check(tower.Value, Pair.StakedIdentity, Landed, _leftover);
        if (!verdict.IsUsable)
        {
            return CallResult.NotDone(CallFailure.TowerCorrupt, $"the final tower of {Pair.Source.Name} cannot be used: {verdict.Reason}");
        }

        _final = verdict.Tower;
        return CallResult.Done($"last vote {_final.LastVotedSlot}");
    }

    /// <summary>Cuts the node off only if there is something to go on with: otherwise nobody would vote at all.</summary>
    private async Task<CallResult> PowerOffAsync(CancellationToken cancellationToken)
    {
        await Watch.LookInTurnAsync(cancellationToken).ConfigureAwait(false);
        if (Watch.History.Sight.CannotTell is { } reason)
        {
            return CallResult.NotDone(CallFailure.Refused, $"{Pair.Source.Name} is left as it is, because whether its newest vote has landed could not be told after that: {reason}");
        }

        if (Policy.Tower != TakeoverTower.FromChain)
        {
            var (tower, words) = await ChooseTowerAsync(own: null).ConfigureAwait(false);
            if (tower is null)
            {
                return CallResult.NotDone(CallFailure.TowerMissing, $"{Pair.Source.Name} is left as it is, because the target could not vote after that: {words}");
            }
        }

        var fenced = await _lost!.FenceFromOutsideAsync().ConfigureAwait(false);
        if (fenced.Outcome != CallOutcome.NotDone)
        {
            await Watch.LookAsync(cancellationToken).ConfigureAwait(false);
            _lost.FencedAt = Watch.History.Sight.Slot;
        }

        return fenced;
    }

    private Task<StepObservation> VerifyTakeoverAsync()
    {
        if (_lost!.Reach.ShellAnswers)
        {
            _sourceSlot = ReplayWatch.SlotAsync(Pair.Source.Rpc, CancellationToken.None);
        }

        return MeasureAsync();
    }

    /// <summary>What an inactive node is like, if the lost one can be made so now. If not, it is owed.</summary>
    private async Task<CallResult> TidyLostAsync()
    {
        var reach = _lost!.Reach;
        if (!reach.ShellAnswers || !reach.IsFenced)
        {
            return CallResult.NotDone(CallFailure.Unreachable, $"{Pair.Source.Name} could not be made an inactive node; that is owed");
        }

        if (reach.IsStopped != true)
        {
            return await TidyAsync().ConfigureAwait(false);
        }

        // Its start brings its voters back, with the identity that its link says.
        var aside = await BoundedCall.RunAsync(_ => Pair.Towers.SetAsideAsync(NodeSide.Source, CancellationToken.None), Policy.CallLimit, time).ConfigureAwait(false);
        NoteAside(Pair.Source, aside);
        return aside.IsDone ? await LetGoAsync().ConfigureAwait(false) : aside;
    }

    /// <summary>Whether the lost node runs the staked identity: as it says itself or, if it does not, as its votes say.</summary>
    private async Task<bool?> LostRunsAsync()
    {
        await _lost!.LookAsync(isPatient: false).ConfigureAwait(false);
        return _lost.Reach.IsDemoted is { } isDemoted ? !isDemoted : Watch.Verdict.State == WatchState.Healthy ? true : null;
    }
}
