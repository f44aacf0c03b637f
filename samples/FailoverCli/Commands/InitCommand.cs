using System.Text.Json;
using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>Asks questions and writes a pair file.</summary>
internal sealed class InitCommand : FailoverCommand
{
    public InitCommand(Surroundings surroundings)
        : base("init", "Write a pair file by asking. Overwrites none.", surroundings)
    {
    }

    protected override async Task<int> RunAsync(CommandRun run)
    {
        var path = run.Parsed.GetValue(CommonOptions.Pair)!;
        if (Path.Exists(path))
        {
            throw new UsageException($"{path} is there already, and is not overwritten. Name another one with --pair, or move it away");
        }

        if (!run.Surroundings.CanAsk)
        {
            throw new UsageException("init asks for what it writes, and there is no terminal to ask on. Run it on one, or write the file by hand: samples/FailoverCli/README.md has every field");
        }

        run.Say($"This writes {path}. Enter takes what stands in brackets. Nothing is connected to.");
        var text = await new InitQuestions(run).AskAsync();
        try
        {
            PairFileReader.Read(path, text, run.Surroundings, new Dictionary<string, (string Option, string Value)>(StringComparer.Ordinal));
        }
        catch (PairFileException exception)
        {
            // A file may be missing on this machine so far. Write the pair file all the same: every command repeats the error, with its line.
            run.Say($"{Environment.NewLine}Still to be mended in it:{string.Join("", exception.Errors.Select(error => $"{Environment.NewLine}{error}"))}");
        }

        // Another program may have created it in the meantime.
        await using (var file = new FileStream(path, OwnFile.Options(FileMode.CreateNew)))
        {
            await file.WriteAsync(text, CancellationToken.None);
        }

        run.Answer(
            $"Written: {path}. Next: tachyon-failover preflight --pair {path}",
            JsonSerializer.Serialize(new InitDocument(1, Path.GetFullPath(path)), InitJson.Default.InitDocument));
        return ExitCode.Done;
    }
}

/// <summary>What <c>init</c> wrote, as JSON.</summary>
internal sealed record InitDocument(int Version, string Written);

[System.Text.Json.Serialization.JsonSourceGenerationOptions(PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[System.Text.Json.Serialization.JsonSerializable(typeof(InitDocument))]
internal sealed partial class InitJson : System.Text.Json.Serialization.JsonSerializerContext;
