using System.CommandLine;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>A command of the program. A new command is a class in its own file, and a line in <see cref="CommandLineProgram"/>.</summary>
internal abstract class FailoverCommand : Command
{
    private readonly Surroundings _surroundings;

    protected FailoverCommand(string name, string description, Surroundings surroundings)
        : base(name, description)
    {
        _surroundings = surroundings;
        SetAction((parsed, _) => RunAsync(new CommandRun(parsed, _surroundings)));
    }

    /// <summary>Runs the command.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(CommandRun run);
}
