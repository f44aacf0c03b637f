namespace Tachyon.Failover.Cli.Commands;

/// <summary>Makes the node that lost the identity in a takeover an inactive one.</summary>
internal sealed class CompleteDemotionCommand(Surroundings surroundings)
    : MendingCommand("complete-demotion", "Complete the pending demotion of the node that lost the identity in a takeover. Ends after a try; call it again while anything is pending.", surroundings)
{
    protected override string Question => "Make the node that lost the identity an inactive one?";

    // Always ask. A node that is off is not distinguishable from a node with nothing left to do.
    protected override bool HasNothingToAsk(PairDiagnosis diagnosis) => false;

    protected override Task<RecoveryResult> MendAsync(FailoverCoordinator coordinator, ValidatorPair pair, IProgress<FailoverProgress> progress, CancellationToken cancellationToken) =>
        coordinator.CompleteDemotionAsync(pair, progress, cancellationToken);
}
