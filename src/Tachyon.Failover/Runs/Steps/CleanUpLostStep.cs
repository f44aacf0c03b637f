using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>Makes the lost node an inactive node if that is possible now. Otherwise its demotion stays pending.</summary>
internal sealed class CleanUpLostStep(RunContext run, TakeoverContext takeover) : CallStep(FailoverStep.CleanUp)
{
    protected override async Task<CallResult> CallAsync(CancellationToken cancellationToken)
    {
        var (reach, source) = (takeover.Lost.Reach, run.Pair.Source);
        if (!reach.ShellAnswers || !reach.IsFenced)
        {
            return CallResult.NotDone(CallFailure.Unreachable, $"{source.Name} could not be made an inactive node; its demotion stays pending");
        }

        if (reach.IsStopped != true)
        {
            return await CleanUpStep.CleanUpAsync(run, Step).ConfigureAwait(false);
        }

        // Its start command adds its voters again, with the identity that its link names.
        var aside = await BoundedCall.RunAsync(_ => run.Pair.Towers.MoveAsideAsync(NodeSide.Source, CancellationToken.None), takeover.Policy.CallTimeout, run.Time).ConfigureAwait(false);
        run.NoteAside(source, aside);
        return aside;
    }
}
