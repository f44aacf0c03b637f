using Tachyon.Failover.Pairs;
using Tachyon.Failover.Cli.Screens;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>Brings a pair into order: shows the diagnosis, asks, and runs the recovery.</summary>
internal abstract class MendingCommand : FailoverCommand
{
    protected MendingCommand(string name, string description, Surroundings surroundings)
        : base(name, description, surroundings)
    {
        Add(CommonOptions.Yes);
        Add(CommonOptions.To($"The node that the run before was to give the identity to. Who votes keeps it all the same: if that is the other node, {name} says so and ends with {ExitCode.SomethingToDo}."));
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
                var isElsewhere = IsElsewhere(diagnosis.IdentityAt, pair, target);
                run.Answer($"{DiagnoseCommand.TextOf(diagnosis)}{(isElsewhere ? Elsewhere(file, pair, target!) : "")}", diagnosis.ToJson());
                return DiagnoseCommand.CodeOf(diagnosis) is ExitCode.Done && isElsewhere ? ExitCode.SomethingToDo : DiagnoseCommand.CodeOf(diagnosis);
            }

            run.Say(DiagnoseCommand.TextOf(diagnosis));
            await run.ConfirmAsync(Question, Name);
        }

        RecoveryResult result;
        await using (var screen = ProgressScreen.Open(run, file, pair, RunKind.Recovery))
        {
            result = await MendAsync(coordinator, pair, screen, run.GivenUp);
        }

        var isKeptElsewhere = IsElsewhere(result.IdentityAt, pair, target);
        run.Answer($"{result}{(isKeptElsewhere ? Elsewhere(file, pair, target!) : "")}", result.ToJson());
        return result switch
        {
            { Outcome: RecoveryOutcome.Recovered or RecoveryOutcome.NothingToDo, OperatorActions.Count: 0, PendingDemotions.Count: 0 } => isKeptElsewhere ? ExitCode.SomethingToDo : ExitCode.Done,
            { Outcome: RecoveryOutcome.Recovered or RecoveryOutcome.NothingToDo } => ExitCode.SomethingToDo,
            { Outcome: RecoveryOutcome.Refused } => run.Surroundings.Interrupts.Any ? ExitCode.Cancelled : ExitCode.Refused,
            _ => ExitCode.Indeterminate,
        };
    }

    /// <summary>Whether the identity is at the node that --to does not name.</summary>
    private static bool IsElsewhere(IdentityLocation at, ValidatorPair pair, string? target) => target is not null && at == IdentityLocation.Source && pair.Target.Name == target;

    private static string Elsewhere(PairFile file, ValidatorPair pair, string target) =>
        $"{Environment.NewLine}The identity stays at {pair.Source.Name}, and --to names {target}. To move it: tachyon-failover switchover --to {target} --pair {file.Path}";

    /// <summary>The question to the operator.</summary>
    protected abstract string Question { get; }

    /// <summary>Whether the recovery would change nothing.</summary>
    protected abstract bool HasNothingToAsk(PairDiagnosis diagnosis);

    /// <summary>Runs the recovery.</summary>
    protected abstract Task<RecoveryResult> MendAsync(FailoverCoordinator coordinator, ValidatorPair pair, IProgress<FailoverProgress> progress, CancellationToken cancellationToken);
}
