namespace Tachyon.Failover.Cli.Screens;

/// <summary>What it comes to if somebody gives up now, in words.</summary>
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

    /// <summary>Reports come late: what is said leaves room for that.</summary>
    public void See(FailoverProgress progress)
    {
        _phase = progress.Step switch
        {
            _ when _phase == Phase.WayBack => Phase.WayBack,
            >= SwitchoverStep.LookAtTarget and < SwitchoverStep.Lock when progress.Step != SwitchoverStep.Release => Phase.WayBack,
            SwitchoverStep.RestoreTargetLink or SwitchoverStep.ReturnVoters => Phase.Moved,
            >= SwitchoverStep.Promote and <= SwitchoverStep.SeeTargetVote => Phase.Promoted,
            >= SwitchoverStep.MoveSourceLink and < SwitchoverStep.Promote => Phase.Moved,
            _ => _phase,
        };
    }

    /// <summary>What to say to a person who gives up.</summary>
    /// <param name="number">For the how manyth time, from 1 on.</param>
    public string Words(int number) => number == 1
        ? $"Ctrl-C was heard. {What()}"
        : "Ctrl-C was heard before. This program does not stop in the middle, since the nodes would stay as they are; it ends by itself. If it must be killed all the same, run afterwards: tachyon-failover recover";

    private string What() => (kind, _phase) switch
    {
        (RunKind.Recovery, Phase.NothingMoved) => "If nothing was changed yet, the recovery ends here; otherwise it is finished.",
        (RunKind.Recovery, _) => "Something was changed already, so the recovery is finished.",
        (_, Phase.NothingMoved) => "Giving up: nothing was moved yet, and the locks are given back.",
        (RunKind.Takeover, Phase.Moved) => $"Giving up: what was taken from {pair.Source.Name} is given back to it if it answers. If the promotion is on its way already, the takeover is finished instead.",
        (_, Phase.Moved) => $"Giving up: what was done is undone, and {pair.Source.Name} gets the staked identity back. If the promotion is on its way already, the switchover is finished instead.",
        (_, Phase.Promoted) => $"Too late to give up: the promotion of {pair.Target.Name} was sent, so it is finished.",
        _ => "The way back is under way already, and is finished.",
    };
}
