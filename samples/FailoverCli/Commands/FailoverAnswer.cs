namespace Tachyon.Failover.Cli.Commands;

/// <summary>The text of the result of a switchover or a takeover.</summary>
internal static class FailoverAnswer
{
    public static int CodeOf(FailoverResult result, bool wasGivenUp) => result switch
    {
        { Outcome: SwitchoverOutcome.Completed, FollowUps.Count: 0 } => ExitCode.Done,
        { Outcome: SwitchoverOutcome.Completed } => ExitCode.SomethingToDo,
        { Outcome: SwitchoverOutcome.Refused } => wasGivenUp ? ExitCode.Cancelled : ExitCode.Refused,
        { Outcome: SwitchoverOutcome.Undone } => ExitCode.Undone,
        _ => ExitCode.Indeterminate,
    };

    /// <summary>Leaves out the reason of a canceled run: the operator knows it.</summary>
    public static string TextOf(FailoverResult result, bool wasGivenUp) => result.Outcome == SwitchoverOutcome.Refused && wasGivenUp
        ? $"Canceled. Nothing was moved.{Environment.NewLine}{WithoutReason(result)}"
        : result.ToString();

    private static string WithoutReason(FailoverResult result) =>
        string.Join(Environment.NewLine, result.ToString().Split(Environment.NewLine).Where(line => !line.StartsWith("Reason: ", StringComparison.Ordinal)));
}
