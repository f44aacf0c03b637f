namespace Tachyon.Failover.Cli.Commands;

/// <summary>The text of the result of a switchover or a takeover.</summary>
internal static class FailoverAnswer
{
    public static int CodeOf(FailoverResult result, bool wasGivenUp) => result switch
    {
        { Outcome: FailoverOutcome.Completed, OperatorActions.Count: 0 } => ExitCode.Done,
        { Outcome: FailoverOutcome.Completed } => ExitCode.SomethingToDo,
        { Outcome: FailoverOutcome.Refused } => wasGivenUp ? ExitCode.Cancelled : ExitCode.Refused,
        { Outcome: FailoverOutcome.RolledBack } => ExitCode.RolledBack,
        _ => ExitCode.Indeterminate,
    };

    /// <summary>Leaves out the reason of a canceled run: the operator knows it.</summary>
    public static string TextOf(FailoverResult result, bool wasGivenUp) => result.Outcome == FailoverOutcome.Refused && wasGivenUp
        ? $"Canceled. Nothing was moved.{Environment.NewLine}{WithoutReason(result)}"
        : result.ToString();

    private static string WithoutReason(FailoverResult result) =>
        string.Join(Environment.NewLine, result.ToString().Split(Environment.NewLine).Where(line => !line.StartsWith("Reason: ", StringComparison.Ordinal)));
}
