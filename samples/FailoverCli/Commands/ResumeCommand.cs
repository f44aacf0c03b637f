namespace Tachyon.Failover.Cli.Commands;

/// <summary>Withdraws an announced silence.</summary>
internal sealed class ResumeCommand(Surroundings surroundings) : FailoverCommand("resume", "Take back what pause has announced. No node is contacted.", surroundings)
{
    protected override async Task<int> RunAsync(CommandRun run)
    {
        var file = run.ReadPair();
        var pause = PauseFile.Of(file);
        var was = await pause.ReadAsync(run.GivenUp);
        await pause.ResumeAsync(run.GivenUp);
        run.Answer(was is null ? $"Nothing was announced in {file.Pause}." : $"Taken back: {was}. Removed {file.Pause}", PauseFile.JsonOf(file, pause: null));
        return ExitCode.Done;
    }
}
