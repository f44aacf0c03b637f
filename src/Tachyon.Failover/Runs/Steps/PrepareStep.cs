using Tachyon.Failover.Nodes;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Prepares both nodes for a switchover, and checks the rest of the restart window.</summary>
internal sealed class PrepareStep(RunContext run) : PreparationStep(run)
{
    private readonly RunContext _run = run;

    protected override SurveyScope Scope => SurveyScope.Switchover;

    public override string? Describe(ValidatorPair pair) =>
        $"move a stale {new TowerFileName(pair.StakedIdentity)} aside; {pair.Target.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters)}";

    protected override void OnLocked() => _run.SourceFeed ??= new TowerFeed(_run.Pair.Towers, NodeSide.Source, _run.Pair.StakedIdentity, _run.Time);

    protected override async Task<CallResult> TryAsync(CancellationToken cancellationToken)
    {
        // The source must accept the voters of the settings before they are removed.
        var ready = await AllCalls.FirstNotDoneAsync(_run.Pair.Source.Host.AddAuthorizedVotersAsync(cancellationToken), TargetTrial.RunAsync(_run, cancellationToken)).ConfigureAwait(false);
        return ready.IsDone ? RunWindow.IsStillOpen(_run) : ready;
    }
}
