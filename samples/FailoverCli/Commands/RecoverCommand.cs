namespace Tachyon.Failover.Cli.Commands;

/// <summary>Brings a pair into order after an interrupted switchover.</summary>
internal sealed class RecoverCommand(Surroundings surroundings)
    : MendingCommand("recover", "Bring a pair whose switchover was interrupted into order: one node votes, the other cannot.", surroundings)
{
    protected override string Question => "Do what the recovery would do?";

    protected override bool HasNothingToAsk(PairDiagnosis diagnosis) =>
        diagnosis.Action == RecoveryAction.AskOperator || diagnosis is { Action: RecoveryAction.NothingToDo, Interrupted.Count: 0 };

    protected override Task<RecoveryResult> MendAsync(FailoverCoordinator coordinator, ValidatorPair pair, IProgress<FailoverProgress> progress, CancellationToken cancellationToken) =>
        coordinator.RecoverAsync(pair, progress, cancellationToken);
}
