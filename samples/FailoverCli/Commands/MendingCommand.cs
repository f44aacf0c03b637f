using Tachyon.Failover.Cli.Screens;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>Brings a pair into order: shows what is found, asks, and does it.</summary>
internal abstract class MendingCommand : FailoverCommand
{
    protected MendingCommand(string name, string description, Surroundings surroundings)
        : base(name, description, surroundings)
    {
        Add(CommonOptions.Yes);
        Add(CommonOptions.To);
    }

    protected sealed override async Task<int> RunAsync(CommandRun run)
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
            if (HasNothingToAsk(diagnosis))
            {
                // The diagnosis is the answer.
                run.Answer(DiagnoseCommand.TextOf(diagnosis), diagnosis.ToJson());
                return DiagnoseCommand.CodeOf(diagnosis);
            }

            run.Say(DiagnoseCommand.TextOf(diagnosis));
            await run.ConfirmAsync(Question, Name);
        }

        RecoveryResult result;
        await using (var screen = ProgressScreen.Open(run, file, pair, RunKind.Recovery))
        {
            result = await MendAsync(coordinator, pair, screen, run.GivenUp);
        }

        run.Answer(result.ToString(), result.ToJson());
        return result switch
        {
            { Outcome: RecoveryOutcome.Recovered, FollowUps.Count: 0, Owed.Count: 0 } => ExitCode.Done,
            { Outcome: RecoveryOutcome.Recovered } => ExitCode.SomethingToDo,
            { Outcome: RecoveryOutcome.Refused } => run.Surroundings.Interrupts.Any ? ExitCode.Cancelled : ExitCode.Refused,
            _ => ExitCode.Indeterminate,
        };
    }

    /// <summary>What a person is asked.</summary>
    protected abstract string Question { get; }

    /// <summary>Whether nothing would be done.</summary>
    protected abstract bool HasNothingToAsk(PairDiagnosis diagnosis);

    /// <summary>Does it.</summary>
    protected abstract Task<RecoveryResult> MendAsync(FailoverCoordinator coordinator, ValidatorPair pair, IProgress<FailoverProgress> progress, CancellationToken cancellationToken);
}
