namespace Tachyon.Failover.Cli.Screens;

/// <summary>What a cancellation would do now, in words.</summary>
internal sealed class GivingUp(ValidatorPair pair, RunKind kind)
{
    private volatile FailoverPhase _phase = FailoverPhase.Preparation;

    /// <summary>Progress reports arrive late. The words allow for a phase that is already over.</summary>
    public void See(FailoverProgress progress)
    {
        // A run may prepare, assess or look again after it has changed something.
        var phase = progress.Phase;
        _phase = phase == FailoverPhase.Preparation || _phase == FailoverPhase.Rollback ? _phase : phase;
    }

    /// <summary>The text for an operator who presses Ctrl-C.</summary>
    /// <param name="number">How many times Ctrl-C was pressed, from 1.</param>
    public string Words(int number) => number == 1
        ? $"Ctrl-C was heard. {What()}"
        : "Ctrl-C was heard before. This program does not stop in the middle, since the nodes would stay as they are; it ends by itself. If it must be killed all the same, run afterwards: tachyon-failover recover";

    private string What() => (kind, _phase) switch
    {
        (RunKind.Recovery, FailoverPhase.Preparation) => "If nothing was changed yet, the recovery ends here; otherwise it is finished.",
        (RunKind.Recovery, _) => "Something was changed already, so the recovery is finished.",
        (_, FailoverPhase.Preparation) => "Canceling: nothing was moved yet. The locks are released.",
        (RunKind.Takeover, FailoverPhase.Handover) => $"Canceling: what was taken from {pair.Source.Name} is given back if the node answers. If the promotion was sent already, the takeover is finished instead.",
        (_, FailoverPhase.Handover) => $"Canceling: the run is rolled back, and {pair.Source.Name} gets the staked identity back. If the promotion was sent already, the switchover is finished instead.",
        (_, FailoverPhase.Promotion) => $"Too late to cancel: the promotion of {pair.Target.Name} was sent, so the run is finished.",
        _ => "The rollback is running already, and is finished.",
    };
}
