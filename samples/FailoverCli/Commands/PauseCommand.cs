using System.CommandLine;
using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>Announces that the active node will be silent, so that no monitor takes it for lost.</summary>
internal sealed class PauseCommand : FailoverCommand
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private readonly Option<string?> _for = new("--for") { Description = "How long: 30m, 2h.", HelpName = "duration", Required = true };
    private readonly Option<string?> _reason = new("--reason") { Description = "The reason, for the reader of the pause.", HelpName = "text", Required = true };

    public PauseCommand(Surroundings surroundings)
        : base("pause", "Announce that the active node will be silent, so that no monitor takes it for lost. No node is contacted.", surroundings)
    {
        Add(_for);
        Add(_reason);
    }

    protected override async Task<int> RunAsync(CommandRun run)
    {
        var (length, reason) = (run.Parsed.GetValue(_for)!, run.Parsed.GetValue(_reason)!);
        if (!DurationText.TryParse(length, out var duration) || duration <= TimeSpan.Zero || duration > Longest)
        {
            throw new UsageException($"--for is '{length}'. Give a number and a unit, such as 30m or 1h30m, of {Longest.TotalDays:0} days at most");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new UsageException("--reason is empty. Say why the validator will be silent");
        }

        var file = run.ReadPair();
        var pause = new MaintenancePause { Until = run.Time.GetUtcNow() + duration, Reason = reason };
        await PauseFile.Of(file).PauseAsync(pause, run.GivenUp);
        run.Answer($"{pause}. In {file.Pause}; take it back with: tachyon-failover resume --pair {file.Path}", PauseFile.JsonOf(file, pause));
        return ExitCode.Done;
    }
}
