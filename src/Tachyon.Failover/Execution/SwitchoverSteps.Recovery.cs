using Tachyon.Failover.Identities;
using Tachyon.Failover.Monitoring;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Protocol;

namespace Tachyon.Failover.Execution;

/// <summary>The steps with which a recovery begins; all others are those of the rollback.</summary>
internal sealed partial class SwitchoverSteps
{
    // A validator that hangs does not answer. So the link of a lost node is moved first, if possible.
    private bool _asksEverything;

    /// <summary>The result of the newest look at both nodes; null before the first.</summary>
    public PairProbe? Look { get; private set; }

    /// <summary>Diagnoses the pair. Takes no lock.</summary>
    public async Task<PairDiagnosis> DescribePairAsync(CancellationToken cancellationToken)
    {
        _asksEverything = true;
        await RunAsync(FailoverStep.Diagnose, cancellationToken).ConfigureAwait(false);
        return Look is { } look ? Diagnosis.Of(look, given) : Diagnosis.NotLooked(given);
    }

    /// <summary>Uses the given pair for the steps, or the same pair with source and target exchanged.</summary>
    public void Turn(bool isTurned)
    {
        _turned = isTurned ? given with { Source = given.Target, Target = given.Source } : null;

        // The keeper must know what the other node voted for.
        _leftover = Look?.TowerOn(Given(NodeSide.Target)) is { IsUsable: true } other ? other.Tower : null;
    }

    private Task<CallResult> MoveTargetLinkAwayAsync()
    {
        _asksEverything = true;
        return Pair.Target.Link.PointAtAsync(IdentityRole.Unstaked, CancellationToken.None);
    }

    private Task<CallResult> StopTargetAsync() => BoundedStop.RunAsync(Pair.Target.Process!, time);

    private async Task<CallResult> LockAndSettleAsync(CancellationToken cancellationToken)
    {
        var locks = await LockAsync(cancellationToken).ConfigureAwait(false);
        if (locks.IsDone)
        {
            await AwaitWhatMayComeLateAsync().ConfigureAwait(false);
        }

        return locks;
    }

    private async Task<CallResult> ReturnVotersToOtherAsync()
    {
        var look = await NodeProbe.AtAsync(FailoverStep.ReturnOtherVoters, Pair, NodeSide.Target, gossip: null).ConfigureAwait(false);
        return look.Seen switch
        {
            IdentityRole.Unstaked => await ReturnVotersAsync(Pair.Target, since: null).ConfigureAwait(false),
            IdentityRole.Staked => CallResult.NotDone(CallFailure.Refused, $"{Pair.Target.Name} runs the staked identity; its authorized voters are not added"),
            _ => look.Result,
        };
    }

    private async Task<StepObservation> DiagnoseAsync(CancellationToken cancellationToken)
    {
        var look = await PairProbe.TakeAsync(given, options, run, !_asksEverything, time, cancellationToken).ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
        {
            return new StepObservation(FailoverStep.Diagnose, CallResult.NotDone(CallFailure.Canceled, "the caller canceled during the look"));
        }

        Look = look;
        _survey = look.Survey;
        _voteAccount = look.VoteAccount ?? _voteAccount;
        var verdict = PairVerdict.Of(look.Facts);
        var result = verdict.Keeper is not null ? CallResult.Done($"{verdict.State}: {verdict.Reason}") : CallResult.NotDone(CallFailure.Refused, $"{verdict.State}: {verdict.Reason}");
        return new StepObservation(FailoverStep.Diagnose, result, Pair: look.Facts);
    }

    public ValidatorNode GivenNode(NodeSide side) => given.On(side);

    // The transport knows the nodes by the direction of the given pair.
    private NodeSide Given(NodeSide side) => _turned is null ? side : side == NodeSide.Source ? NodeSide.Target : NodeSide.Source;

    private NodeSurvey? SurveyOf(NodeSide side) => Given(side) == NodeSide.Source ? _survey?.Source : _survey?.Target;
}
