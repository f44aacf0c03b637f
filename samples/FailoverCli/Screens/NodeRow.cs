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
    public void Done(string step)
    {
        switch (step)
        {
            case "MoveSourceLink" or "MoveOtherLink":
                Link = "unstaked";
                break;
            case "MoveTargetLink" or "MoveKeeperLink":
                Link = "staked";
                break;
            case "DemoteSource" or "DemoteOther":
                Runs = "unstaked";
                break;
            case "SealSource" or "SealOther":
                Votes = "no, sealed";
                break;
            case "StopSource":
                (Runs, Votes) = ("nothing", "no, stopped");
                break;
            case "FenceSource":
                (Runs, Votes) = ("nothing", "no, fenced");
                break;
            case "PromoteTarget" or "PromoteKeeper":
                (Runs, Votes) = ("staked", "to be seen");
                break;
        }
    }

    public void IsSeenVoting() => Votes = "yes";

    public void HasItsVotersBack() => Votes = "no";
}
