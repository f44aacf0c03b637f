using Tachyon.Failover.Decisions;
using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Runs;

/// <summary>The tasks of an operator as a result gives them, with the commands of the pair.</summary>
internal static class OperatorTasks
{
    public static PairNames Names(this ValidatorPair pair) => new(pair.Source.Name, pair.Target.Name);

    /// <summary>The tasks, with commands that can be pasted into a shell of their nodes.</summary>
    public static IEnumerable<OperatorAction> On(this IEnumerable<OperatorTask> tasks, ValidatorPair pair) =>
        tasks.Select(task => new OperatorAction { Node = pair.On(task.Node).Name, Reason = task.Reason, Command = CommandOf(task.Command, pair.On(task.Node)) });

    /// <summary>The tasks of a pending demotion as notes.</summary>
    public static IEnumerable<FailoverNote> NotesOn(this IEnumerable<OperatorTask> tasks, ValidatorPair pair) =>
        tasks.Select(task => new FailoverNote(task.Code!, pair.On(task.Node).Name, task.Reason));

    private static string? CommandOf(TaskCommand? command, ValidatorNode node) => command switch
    {
        TaskCommand.ShowContactInfo => node.Host.CommandFor(ValidatorCommand.ShowContactInfo),
        TaskCommand.AddAuthorizedVoters => node.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters),
        TaskCommand.RemoveAllAuthorizedVoters => node.Host.CommandFor(ValidatorCommand.RemoveAllAuthorizedVoters),
        TaskCommand.TakeUnstakedIdentity => node.Host.CommandFor(ValidatorCommand.TakeUnstakedIdentity),
        TaskCommand.TakeStakedIdentity => node.Host.CommandFor(ValidatorCommand.TakeStakedIdentity),
        TaskCommand.MoveTowerAside => node.Host.CommandFor(ValidatorCommand.MoveTowerAside),
        TaskCommand.PointLinkAtStaked => node.Link.CommandToPointAt(IdentityRole.Staked),
        TaskCommand.PointLinkAtUnstaked => node.Link.CommandToPointAt(IdentityRole.Unstaked),
        _ => null,
    };
}
