namespace Tachyon.Failover.Cli.Screens;

/// <summary>What is known of a node while a switchover is under way, from its steps alone: nothing of the screen's own goes to the nodes in the gap.</summary>
internal sealed class NodeRow(string name)
{
    public string Name => name;

    public string Runs { get; private set; } = "?";

    public string Votes { get; private set; } = "?";

    public string Link { get; private set; } = "?";

    /// <summary>How a node is found that the preflight has nothing against.</summary>
    public void Begin(bool isSource) => (Runs, Votes, Link) = isSource ? ("staked", "yes", "staked") : ("unstaked", "no", "unstaked");

    /// <summary>A step on this node is done.</summary>
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
