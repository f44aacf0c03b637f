using Tachyon.Failover.Cli.Screens;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>Brings a pair whose switchover was interrupted into order.</summary>
internal sealed class RecoverCommand : FailoverCommand
{
    public RecoverCommand(Surroundings surroundings)
        : base("recover", "Bring a pair whose switchover was interrupted into order: one node votes, the other cannot.", surroundings)
    {
        Add(CommonOptions.Yes);
        Add(CommonOptions.To);
    }

    protected override async Task<int> RunAsync(CommandRun run)
    {
        var yes = run.Parsed.GetValue(CommonOptions.Yes);
        run.RequireSomebodyToAsk(yes);
        var file = run.ReadPair();
        var target = run.Target(file);
        await using var open = run.Open(file);
        var (pair, coordinator) = (open.To(target), run.Coordinator(file, open));
        if (!yes)
        {
            var diagnosis = await coordinator.DiagnoseAsync(pair, run.GivenUp);
            if (diagnosis.Action == RecoveryAction.LeaveToAPerson || diagnosis is { Action: RecoveryAction.NothingToDo, Interrupted: null })
            {
                // There is nothing to ask: the diagnosis is the answer.
                run.Answer(DiagnoseCommand.TextOf(diagnosis), diagnosis.ToJson());
                return DiagnoseCommand.CodeOf(diagnosis);
            }

            run.Say(DiagnoseCommand.TextOf(diagnosis));
            await run.ConfirmAsync("Do what the recovery would do?", Name);
        }

        RecoveryResult result;
        await using (var screen = ProgressScreen.Open(run, file, pair, isRecovery: true))
        {
            result = await coordinator.RecoverAsync(pair, screen, run.GivenUp);
        }

        run.Answer(result.ToString(), result.ToJson());
        return result switch
        {
            { Outcome: RecoveryOutcome.Recovered, FollowUps.Count: 0 } => ExitCode.Done,
            { Outcome: RecoveryOutcome.Recovered } => ExitCode.SomethingToDo,
            { Outcome: RecoveryOutcome.Refused } => run.Surroundings.Interrupts.Any ? ExitCode.Cancelled : ExitCode.Refused,
            _ => ExitCode.Indeterminate,
        };
    }
}
