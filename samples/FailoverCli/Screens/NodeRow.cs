namespace Tachyon.Failover.Cli.Screens;

/// <summary>What the steps of a switchover tell of a node. The screen itself reads nothing from the nodes, so that it adds nothing to the gap.</summary>
internal sealed class NodeRow(string name)
{
    public string Name => name;

    public string Runs { get; private set; } = "?";

    public string Votes { get; private set; } = "?";

    public string Link { get; private set; } = "?";

    /// <summary>The state of a node that passed the preflight.</summary>
    public void Begin(bool isSource) => (Runs, Votes, Link) = isSource ? ("staked", "yes", "staked") : ("unstaked", "no", "unstaked");

    /// <summary>Applies a finished step on this node.</summary>
    public void Done(SwitchoverStep step)
    {
        switch (step)
        {
            case SwitchoverStep.MoveSourceLink or SwitchoverStep.RestoreTargetLink:
                Link = "unstaked";
                break;
            case SwitchoverStep.MoveTargetLink or SwitchoverStep.RestoreLink:
                Link = "staked";
                break;
            case SwitchoverStep.Fence or SwitchoverStep.DemoteTarget:
                Runs = "unstaked";
                break;
            case SwitchoverStep.Seal or SwitchoverStep.SealTarget:
                Votes = "no, sealed";
                break;
            case SwitchoverStep.StopSource:
                (Runs, Votes) = ("nothing", "no, stopped");
                break;
            case SwitchoverStep.PowerOffSource:
                (Runs, Votes) = ("nothing", "no, fenced");
                break;
            case SwitchoverStep.Promote or SwitchoverStep.RestoreIdentity:
                (Runs, Votes) = ("staked", "to be seen");
                break;
        }
    }

    public void IsSeenVoting() => Votes = "yes";

    public void HasItsVotersBack() => Votes = "no";
}
