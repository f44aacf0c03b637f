using System.CommandLine;
using System.CommandLine.Help;
using Tachyon.Failover.Cli.Commands;
using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli;

/// <summary>The program, from its arguments to its exit code.</summary>
internal static class CommandLineProgram
{
    public static async Task<int> RunAsync(string[] args, Surroundings surroundings)
    {
        var parsed = Root(surroundings).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var failure = new FailureReport(surroundings, args.Contains("--json"));
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExitCodes)
        {
            if (parsed.CommandResult.Command is RootCommand && parsed.UnmatchedTokens is [var word, ..])
            {
                var near = Spelling.Nearest(word, parsed.RootCommandResult.Command.Subcommands.Select(known => known.Name));
                return failure.Usage($"There is no command '{word}'{(near is null ? "." : $"; did you mean {near}?")} See: tachyon-failover --help");
            }

            var command = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
            return failure.Usage($"{string.Join(' ', parsed.Errors.Select(error => error.Message))} See: tachyon-failover{command} --help");
        }

        try
        {
            // The program hears signals itself: System.CommandLine would end the process two seconds after Ctrl-C.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = surroundings.Out,
                Error = surroundings.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (PairFileException exception)
        {
            return failure.PairFile(exception);
        }
        catch (UsageException exception)
        {
            return failure.Usage($"{exception.Message}.");
        }
        catch (OperationCanceledException exception)
        {
            return failure.Cancelled(surroundings.Interrupts.Any ? "Canceled. Nothing was changed." : exception.Message);
        }
        catch (Exception exception)
        {
            return failure.Broken(exception);
        }
    }

    private static RootCommand Root(Surroundings surroundings)
    {
        RootCommand root = new("Moves a staked validator identity from one node to another, and never lets two vote.")
        {
            CommonOptions.Pair,
            CommonOptions.Json,
            CommonOptions.Plain,
            new StatusCommand(surroundings),
            new PreflightCommand(surroundings),
            new SwitchoverCommand(surroundings),
            new DiagnoseCommand(surroundings),
            new RecoverCommand(surroundings),
            new TakeoverCommand(surroundings),
            new CompleteDemotionCommand(surroundings),
            new WatchCommand(surroundings),
            new PauseCommand(surroundings),
            new ResumeCommand(surroundings),
            new InitCommand(surroundings),
        };
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExitCodes((HelpAction)help.Action!);
        }

        return root;
    }
}
