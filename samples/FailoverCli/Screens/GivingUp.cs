namespace Tachyon.Failover.Cli.Screens;

/// <summary>What a cancellation would do now, in words.</summary>
internal sealed class GivingUp(ValidatorPair pair, RunKind kind)
{
    private volatile Phase _phase;

    private enum Phase
    {
        NothingMoved,
        Moved,
        Promoted,
        WayBack,
    }

    /// <summary>Progress reports arrive late. The words allow for a phase that is already over.</summary>
    public void See(FailoverProgress progress)
    {
        _phase = progress.Step switch
        {
            _ when _phase == Phase.WayBack => Phase.WayBack,
            >= FailoverStep.ProbeOther and < FailoverStep.TakeLocks when progress.Step != FailoverStep.ReleaseLocks => Phase.WayBack,
            FailoverStep.MoveOtherLink or FailoverStep.ReturnOtherVoters => Phase.Moved,
            >= FailoverStep.PromoteTarget and <= FailoverStep.SeeTargetVote => Phase.Promoted,
            >= FailoverStep.MoveSourceLink and < FailoverStep.PromoteTarget => Phase.Moved,
            _ => _phase,
        };
    }

    /// <summary>The text for an operator who presses Ctrl-C.</summary>
    /// <param name="number">How many times Ctrl-C was pressed, from 1.</param>
    public string Words(int number) => number == 1
        ? $"Ctrl-C was heard. {What()}"
        : "Ctrl-C was heard before. This program does not stop in the middle, since the nodes would stay as they are; it ends by itself. If it must be killed all the same, run afterwards: tachyon-failover recover";

    private string What() => (kind, _phase) switch
    {
        (RunKind.Recovery, Phase.NothingMoved) => "If nothing was changed yet, the recovery ends here; otherwise it is finished.",
        (RunKind.Recovery, _) => "Something was changed already, so the recovery is finished.",
        (_, Phase.NothingMoved) => "Canceling: nothing was moved yet. The locks are released.",
        (RunKind.Takeover, Phase.Moved) => $"Canceling: what was taken from {pair.Source.Name} is given back if the node answers. If the promotion was sent already, the takeover is finished instead.",
        (_, Phase.Moved) => $"Canceling: the run is rolled back, and {pair.Source.Name} gets the staked identity back. If the promotion was sent already, the switchover is finished instead.",
        (_, Phase.Promoted) => $"Too late to cancel: the promotion of {pair.Target.Name} was sent, so the run is finished.",
        _ => "The rollback is running already, and is finished.",
    };
}
