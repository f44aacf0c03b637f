using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>The steps of a takeover that differ from a switchover's: none of them waits for the lost node.</summary>
internal sealed partial class SwitchoverSteps
{
    // Votes of a lost node landed until a moment ago. Votes of a node that is not lost land within this time.
    private static readonly TimeSpan VotesUnderWay = TimeSpan.FromSeconds(5);

    // One call finds the ports, another tries them.
    private const int LimitsToSee = 2;

    private readonly LostNode? _lost = takeover is null ? null : new LostNode(given, takeover.Policy, options.Drain, time);
    private SilenceFacts _silence = new();
    private Moment _weighedAt;

    /// <summary>The newest evidence; null before the first assessment, and in a switchover.</summary>
    public TakeoverEvidence? Evidence { get; private set; }

    /// <summary>
    /// After how long the target rejects a promotion that is late. After a fence that a restart does not undo, only an operator can let the source vote again.
    /// A source that was only silent, or whose power was cut, may resume by itself.
    /// </summary>
    private TimeSpan? PromotionMayWait => _lost switch
    {
        null => options.Rules.OrdersGoStale ? OrderLimit.LeftAfter(_sealAsked!.Value.Age(time)) : null,
        { Reach: { IsFenced: true, LinkIsUnstaked: true } } => OrderLimit.LeftAfter(_weighedAt.Age(time)),
        _ => LongestWeighing + Policy.CallTimeout - _weighedAt.Age(time),
    };

    private TimeSpan LongestWeighing => TimeSpan.FromTicks(Math.Max(LimitsToSee * Policy.CallTimeout.Ticks, Watch.Options.ReadTimeout.Ticks));

    private ValidatorMonitor Watch => takeover!.Watch;

    private TakeoverPolicy Policy => takeover!.Policy;

    /// <summary>Starts a step of a takeover. The steps without code of their own are a switchover's.</summary>
    private Task<StepObservation> StartForTakeoverAsync(FailoverStep step, CancellationToken cancellationToken) => step switch
    {
        FailoverStep.Preflight => AsObservation(step, LookAsync(SurveyScope.Takeover.First, cancellationToken)),
        FailoverStep.AssessEvidence => AssessEvidenceAsync(cancellationToken),
        FailoverStep.Prepare => ArmTakeoverAsync(cancellationToken),
        FailoverStep.MoveSourceLink => AsObservation(step, _lost!.MoveLinkAsync()),
        FailoverStep.SealSource => AsObservation(step, SealLostAsync()),
        FailoverStep.DemoteSource => AsObservation(step, _lost!.DemoteAsync()),
        FailoverStep.StopSource => AsObservation(step, _lost!.StopAsync()),
        FailoverStep.FenceSource => AsObservation(step, PowerOffAsync(cancellationToken)),
        FailoverStep.ChooseTower => AsObservation(step, TakeTowerAsync(cancellationToken)),
        FailoverStep.Verify => VerifyTakeoverAsync(),
        FailoverStep.CleanUp => AsObservation(step, TidyLostAsync()),
        _ => StartAsync(step, cancellationToken),
    };

    /// <summary>Assesses the evidence for a caller who only reads.</summary>
    public async Task<TakeoverEvidence> SeeEvidenceAsync(CancellationToken cancellationToken)
    {
        await AssessEvidenceAsync(cancellationToken).ConfigureAwait(false);
        return Evidence!;
    }

    private async Task<StepObservation> AssessEvidenceAsync(CancellationToken cancellationToken)
    {
        _weighedAt = Moment.Now(time);
        if (Evidence is null || options.Rules.WeighsAgain)
        {
            Evidence = await LookForEvidenceAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_lost!.Before.RefusalAsLost(Pair.StakedIdentity) is { } misread)
        {
            return new StepObservation(FailoverStep.AssessEvidence, CallResult.NotDone(CallFailure.Refused, misread));
        }

        // A node whose files cannot be read is left alone, even if other parts of it answer.
        var mayBeChanged = _lost.Reach.ShellAnswers && _lost.Before.WasAnswered;
        var facts = new EvidenceFacts(Evidence.Grade, EvidenceScale.MayReach(Evidence, _lost.Reach, Policy), mayBeChanged, IsShown: !_lost.Reach.MayBeFenced);
        return new StepObservation(FailoverStep.AssessEvidence, CallResult.Done($"{Evidence.Grade}"), Evidence: facts, Source: _lost.Before.WasAnswered ? Facts(_lost.Before) : null);

        NodeFacts Facts(NodeReading read) => new() { Identity = read.RoleIn(Pair.StakedIdentity), Link = read.Link?.Identity };
    }

    /// <summary>
    /// Probes until the evidence is sufficient, or is known not to become so. A fenced node needs no witnesses; a node with a fence does not wait for them.
    /// An action may have fenced the node although no look showed it. So it is probed again, with more patience, and at least once before the fence acts.
    /// </summary>
    private async Task<TakeoverEvidence> LookForEvidenceAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var patience = (1.5 * Policy.Detection.LostAfter) + TimeSpan.FromSeconds(10);
        for (var isPatient = false; ; isPatient = _lost.Reach.MayBeFenced)
        {
            // All facts of one assessment are read at the same time: the node was silent while the witnesses were asked.
            _weighedAt = Moment.Now(time);
            var looking = _lost!.LookAsync(isPatient);
            if (_lost.HasAnswered)
            {
                // It may be fenced. Then no witnesses are needed.
                await looking.ConfigureAwait(false);
            }

            // A node that can be read again needs none either. The answer of an external fence is compared with the chain.
            if (!_lost.Reach.IsFenced || _lost.FencedAt is not null || Evidence is null)
            {
                _silence = await SeeSilenceAsync(cancellationToken).ConfigureAwait(false);
            }

            await looking.ConfigureAwait(false);
            var evidence = HeldAgainstTower(EvidenceScale.Weigh(_lost.Reach, _silence, Policy));
            var looked = time.GetElapsedTime(begun);
            var mayShow = _lost.Reach.MayBeFenced && !(isPatient && _lost.Reach.HasFence);
            if (evidence.Grade >= Policy.MinimumGrade
                || (Policy.MinimumGrade == EvidenceGrade.Fenced && !mayShow)
                || (_lost.Reach.ShellAnswers && Evidence is null)
                || (Watch.Verdict.State == MonitorState.Healthy && looked > VotesUnderWay)
                || looked > patience)
            {
                return evidence;
            }

            Note(FailoverStep.AssessEvidence, Watch.Verdict.ToString());
            await Task.Delay(Watch.Options.Interval, time, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A vote that landed after the tower's newest one shows that a node votes, or that the tower is not complete.</summary>
    private TakeoverEvidence HeldAgainstTower(TakeoverEvidence evidence) =>
        options.Rules.ChecksShadow && LastKnownVote is { } last && Landed > last
            ? evidence.With(it => { it.Grade = EvidenceGrade.None; it.Facts = [.. evidence.Facts, $"a vote for slot {Landed} has landed, and the tower that was taken ends with slot {last}"]; })
            : evidence;

    private Task<StepObservation> ArmTakeoverAsync(CancellationToken cancellationToken) => OpenLastAsync(PrepareTakeoverAsync(cancellationToken));

    /// <summary>The part of the arming that adds no voters.</summary>
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

        var looked = await LookAsync(SurveyScope.Takeover.Second, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Cuts the node off only if the target can vote afterwards. Otherwise no node would vote.</summary>
    private async Task<CallResult> PowerOffAsync(CancellationToken cancellationToken)
    {
        await Watch.LookInTurnAsync(cancellationToken).ConfigureAwait(false);
        if (Watch.History.Sight.UnknownReason is { } reason)
        {
            return CallResult.NotDone(CallFailure.Refused, $"{Pair.Source.Name} is left as it is, because it would then be unknown whether its newest vote has landed: {reason}");
        }

        if (Policy.Tower != TakeoverTower.FromChain)
        {
            var (tower, words) = await ChooseTowerAsync(own: null).ConfigureAwait(false);
            if (tower is null)
            {
                return CallResult.NotDone(CallFailure.TowerMissing, $"{Pair.Source.Name} is left as it is, because the target could not vote then: {words}");
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

    /// <summary>Makes the lost node an inactive node if that is possible now. Otherwise its demotion stays pending.</summary>
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

        // Its start command adds its voters again, with the identity that its link names.
        var aside = await BoundedCall.RunAsync(_ => Pair.Towers.MoveAsideAsync(NodeSide.Source, CancellationToken.None), Policy.CallTimeout, time).ConfigureAwait(false);
        NoteAside(Pair.Source, aside);
        return aside;
    }
}
