namespace Tachyon.Failover.Runs;

/// <summary>One thing that is still to be done on a lost node.</summary>
/// <param name="Note">What it is.</param>
/// <param name="Command">How an operator does it.</param>
internal sealed record PendingTask(FailoverNote Note, string Command)
{
    public OperatorAction Action => new() { Node = Note.Node!, Reason = Note.Text, Command = Command };
}
