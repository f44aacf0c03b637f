namespace Tachyon.Failover.Runs;

/// <summary>Moves a delivered tower on the other node aside.</summary>
internal sealed class MoveOtherTowerAsideStep(RunContext run) : CallStep(FailoverStep.MoveOtherTowerAside)
{
    protected override async Task<CallResult> CallAsync(CancellationToken cancellationToken)
    {
        var aside = await run.Pair.Towers.MoveAsideAsync(run.GivenSide(NodeSide.Target), CancellationToken.None).ConfigureAwait(false);
        run.NoteAside(run.Pair.Target, aside);
        return aside;
    }
}
