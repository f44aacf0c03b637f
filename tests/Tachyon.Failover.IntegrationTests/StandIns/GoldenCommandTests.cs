using System.Diagnostics;
using System.Text.Json;
using FluentAssertions;
using Tachyon.Failover.Testing.StandIns;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.StandIns;

/// <summary>Every recorded command, replayed: the same words on the same streams, the same exit code.</summary>
public abstract class GoldenCommandTests(StandInFixture fixture)
{
    /// <summary>The recordings of both clients have the same names.</summary>
    public static TheoryData<string> Names { get; } = [.. JsonSerializer.Deserialize<JsonElement[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "cli.json")))!.Select(recording => recording.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Command_Recorded_SaysTheSame(string name)
    {
        var recording = Recordings().Single(recording => recording.GetProperty("name").GetString() == name);
        var node = IsOfTheActive(name) ? fixture.Cluster.A : fixture.Cluster.B;
        var genesis = name == "monitor" ? await GenesisAsync() : null;
        var scene = new GoldenScene(fixture.Client, node, genesis);
        scene.PlaceTower(IsOfTheActive(name) ? "leave" : name);
        if (name == "authorized-voter-add")
        {
            await StandInFixture.AdminAsync(node, """{"jsonrpc":"2.0","id":1,"method":"removeAllAuthorizedVoters","params":[]}""", TimeSpan.FromSeconds(5));
        }

        var input = name switch
        {
            "set-identity-stdin" => await File.ReadAllTextAsync(node.UnstakedKeypair, TestContext.Current.CancellationToken),
            "set-identity-stdin-bad" => "nonsense\n",
            _ => "",
        };
        var endless = recording.GetProperty("exit").ValueKind == JsonValueKind.String;
        var (output, errors, exit) = await RunAsync(scene.Ours(recording.GetProperty("command").GetString()!), input, endless ? Lines(recording) : null);

        var expected = scene.Ours(recording.GetProperty("stdout").GetString()!);
        if (name is "contact-info" or "monitor" || name.StartsWith("wait-for", StringComparison.Ordinal))
        {
            (expected, output) = (GoldenScene.WithoutNumbers(expected), GoldenScene.WithoutNumbers(output));
        }

        errors.Should().Be(scene.Ours(recording.GetProperty("stderr").GetString()!));
        if (endless)
        {
            expected.Should().StartWith(output);
        }
        else
        {
            output.Should().Be(expected);
            exit.Should().Be(recording.GetProperty("exit").GetInt32());
        }
    }

    [Fact]
    public async Task Command_ReadsNothingOfItsInput_LeavesItAlone()
    {
        var node = fixture.Cluster.B;
        var (output, _, exit) = await RunAsync($"printf 'x\\ny\\n' | {{ {node.Program} -l {node.Ledger} --version; cat; }}", "", null);

        exit.Should().Be(0);
        output.Should().EndWith("x\ny\n");
    }

    private JsonElement[] Recordings() =>
        JsonSerializer.Deserialize<JsonElement[]>(File.ReadAllText(Path.Combine(fixture.Golden, "cli.json")))!;

    private static bool IsOfTheActive(string name) => name is "monitor" || name.StartsWith("wait-for", StringComparison.Ordinal);

    /// <summary>How many lines an endless command is waited for: those up to its first status.</summary>
    private static int Lines(JsonElement recording) =>
        Array.FindIndex(recording.GetProperty("stdout").GetString()!.Split('\n'), line => line.StartsWith("00:", StringComparison.Ordinal)) + 1;

    private async Task<string> GenesisAsync()
    {
        using var http = new HttpClient();
        using var content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"getGenesisHash"}""");
        using var response = await http.PostAsync(fixture.Cluster.RpcUri, content, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return json.RootElement.GetProperty("result").GetString()!;
    }

    private static async Task<(string Output, string Errors, int Exit)> RunAsync(string command, string input, int? lines)
    {
        var start = new ProcessStartInfo("sh", ["-c", lines is null ? command : $"exec {command}"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = "";
        for (var line = 0; lines is null || line < lines; line++)
        {
            if (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is not { } text)
            {
                break;
            }

            output += text + "\n";
        }

        if (lines is not null)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (output, await errors, process.ExitCode);
    }
}

public sealed class GoldenCommand40Tests(StandInFixture fixture) : GoldenCommandTests(fixture), IClassFixture<StandInFixture>;

public sealed class GoldenCommand22Tests(Tachyon22Fixture fixture) : GoldenCommandTests(fixture), IClassFixture<Tachyon22Fixture>;
