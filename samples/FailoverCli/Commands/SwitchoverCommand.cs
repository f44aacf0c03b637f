using System.CommandLine;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Cli.Screens;
using Tachyon.Failover.Cli.Status;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>Moves the staked identity.</summary>
internal sealed class SwitchoverCommand : FailoverCommand
{
    private const string WindowField = "options.minimumIdle";

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Do all that changes no identity, take it back, and print the commands that a switchover would run." };
    private readonly Option<string?> _window = new("--window") { Description = "How long the source must lead no slot: 90s, 2m. Goes before the pair file.", HelpName = "duration" };
    private readonly Option<bool> _noWindow = new("--no-window") { Description = "Do not wait for a restart window." };

    private readonly Option<string?> _picture = new("--picture") { Description = "Write what happened as a picture (SVG) into this file, for an incident report.", HelpName = "file" };

    public SwitchoverCommand(Surroundings surroundings)
        : base("switchover", "Move the staked identity to the other node. Shows what will be done and asks, unless --yes is given.", surroundings)
    {
        Add(CommonOptions.To("The node that is to have the staked identity. If it has it already, nothing is done."));
        Add(_dryRun);
        Add(CommonOptions.Yes);
        Add(_window);
        Add(_noWindow);
        Add(_picture);
    }

    protected override async Task<int> RunAsync(CommandRun run)
    {
        var (yes, isDry) = (run.Parsed.GetValue(CommonOptions.Yes), run.Parsed.GetValue(_dryRun));
        if (!isDry)
        {
            run.RequireSomebodyToAsk(yes);
        }

        var picture = Picture(run);
        var file = run.ReadPair(Window(run));
        var target = run.Target(file);
        if (yes && !isDry && target is null)
        {
            throw new UsageException($"--yes needs --to: without it, asking twice would move the identity there and back. Give --to {file.First.Validator.Name} or --to {file.Second.Validator.Name}");
        }

        await using var open = run.Open(file);
        var pair = target is null ? await Direction.FindAsync(open, run.GivenUp) : open.To(target);
        var coordinator = run.Coordinator(file, open);
        if (target is not null && await IsThereAsync(run, open, coordinator, target))
        {
            return ExitCode.Done;
        }

        if (isDry)
        {
            var plan = await coordinator.DryRunAsync(pair, run.GivenUp);
            run.Answer($"{plan}{Environment.NewLine}{await WindowAsync(run, file, pair)}", plan.ToJson());
            return plan.IsClear ? ExitCode.Done : ExitCode.Refused;
        }

        if (!yes)
        {
            var plan = await coordinator.DryRunAsync(pair, run.GivenUp);
            if (!plan.IsClear)
            {
                run.Answer(plan.ToString(), plan.ToJson());
                return ExitCode.Refused;
            }

            run.Say($"{plan}{Environment.NewLine}{await WindowAsync(run, file, pair)}");
            await run.ConfirmAsync($"Move the staked identity from {pair.Source.Name} to {pair.Target.Name}?", Name);
        }

        FailoverResult result;
        await using (var screen = ProgressScreen.Open(run, file, pair, RunKind.Switchover))
        {
            result = await coordinator.SwitchoverAsync(pair, screen, run.GivenUp);
        }

        if (picture is not null)
        {
            WritePicture(run, picture, result);
        }

        var wasGivenUp = run.Surroundings.Interrupts.Any;
        run.Answer(FailoverAnswer.TextOf(result, wasGivenUp), result.ToJson());
        return FailoverAnswer.CodeOf(result, wasGivenUp);
    }

    /// <summary>
    /// Whether the named node already runs the identity, votes, and would run it after a restart. Then a repeated call changes nothing, asks nothing, and answers with the diagnosis.
    /// The preflight refuses a pair that is not in order, and says why.
    /// </summary>
    private static async Task<bool> IsThereAsync(CommandRun run, OpenPair open, FailoverCoordinator coordinator, string target)
    {
        if ((await Direction.FindActiveAsync(open, run.GivenUp)).Pair is not { } fromActive || fromActive.Source.Name != target)
        {
            return false;
        }

        var diagnosis = await coordinator.DiagnoseAsync(fromActive, run.GivenUp);
        if (diagnosis is not { State: PairState.ActiveOnSource, Action: RecoveryAction.NothingToDo })
        {
            return false;
        }

        run.Answer($"There was nothing to do: the staked identity is at {target}.{Environment.NewLine}{DiagnoseCommand.TextOf(diagnosis)}", diagnosis.ToJson());
        return true;
    }

    /// <summary>The restart window that the second step would wait for.</summary>
    private static async Task<string> WindowAsync(CommandRun run, PairFile file, ValidatorPair pair)
    {
        if (file.Options.MinimumIdle is not { } idle)
        {
            return "Restart window: none is waited for";
        }

        var slots = new SlotWatch(pair, file.Options, run.Time);
        var failure = await slots.ProbeAsync(run.GivenUp);
        return $"Restart window: {DurationText.Of(idle)} without a leader slot of {pair.Source.Name} are waited for, up to {DurationText.Of(file.Options.RestartWindowTimeout)}: {slots.Read()?.Window ?? $"not known when ({failure})"}";
    }

    /// <summary>The file for the picture. A wrong path is reported before the run begins.</summary>
    private string? Picture(CommandRun run)
    {
        if (run.Parsed.GetValue(_picture) is not { } picture)
        {
            return null;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(picture));
        return Directory.Exists(folder) && !Directory.Exists(picture) ? picture : throw new UsageException($"--picture is '{picture}', and there is no such folder. Give a file in a folder that is there");
    }

    private static void WritePicture(CommandRun run, string picture, FailoverResult result)
    {
        try
        {
            File.WriteAllText(picture, result.ToSvg());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The switchover is what matters: its result is told as if there were no picture.
            run.Say($"The picture could not be written: {exception.Message}");
        }
    }

    private Dictionary<string, (string Option, string Value)> Window(CommandRun run)
    {
        var (window, noWindow) = (run.Parsed.GetValue(_window), run.Parsed.GetValue(_noWindow));
        return (window, noWindow) switch
        {
            (not null, true) => throw new UsageException("--window and --no-window exclude each other. Give one of them"),
            (not null, _) => new(StringComparer.Ordinal) { [WindowField] = ("--window", window) },
            (_, true) => new(StringComparer.Ordinal) { [WindowField] = ("--no-window", PairFields.None) },
            _ => [],
        };
    }
}
