using Tachyon.Failover.Decisions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>Promotes the target with the final tower. The commit point.</summary>
internal sealed class PromoteTargetStep(RunContext run) : CallStep(FailoverStep.PromoteTarget)
{
    protected override async Task<CallResult> CallAsync(CancellationToken cancellationToken)
    {
        var (target, time) = (run.Pair.Target, run.Time);
        var promotion = target.Host.SetIdentityAsync(IdentityRole.Staked, run.FinalTower?.File, MayWait, CancellationToken.None);
        run.OwnWork = run.SealedAt is { } at ? time.GetElapsedTime(at) : null;
        run.Taken[target.Name] = time.GetUtcNow();
        var promoted = await promotion.ConfigureAwait(false);
        run.Taken[target.Name] = time.GetUtcNow();
        run.IdentityTaken = Moment.Now(time);
        run.TargetMayHaveVoted = promoted.Outcome == CallOutcome.Unknown;
        return promoted;
    }

    public override string? Describe(ValidatorPair pair) => pair.Target.Host.CommandFor(ValidatorCommand.TakeStakedIdentity);

    /// <summary>After how long the target rejects a promotion that is late.</summary>
    private TimeSpan? MayWait =>
        run.Takeover is { } takeover ? takeover.PromotionMayWait : OrderLimit.LeftAfter(run.SealAsked!.Value.Age(run.Time));
}
