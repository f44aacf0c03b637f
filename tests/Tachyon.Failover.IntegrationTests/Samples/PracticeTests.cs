using System.Diagnostics;
using System.Globalization;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Samples;

/// <summary>The stand-ins that the rehearsal keeps for a user who tries the command-line program.</summary>
public sealed class PracticeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Practice_PairFileIsThere_TheProgramKnowsThePairAndASignalEndsItAll()
    {
        using var practice = Start(_folder.File("pair.json"));
        await _folder.FileAppearsAsync("pair.json", Patience.Limit);
        var told = await practice.StandardOutput.ReadLineAsync(Token);

        told.Should().StartWith("Starting a cluster");
        (await RunAsync("FailoverCli", "tachyon-failover", "preflight", "--to", "b", "--pair", _folder.File("pair.json"))).Should().Be(0);

        using var kill = Process.Start("kill", ["-TERM", practice.Id.ToString(CultureInfo.InvariantCulture)]);
        await practice.WaitForExitAsync(Token).WaitAsync(Patience.Limit, TimeProvider.System, Token);
        practice.ExitCode.Should().Be(0);
        File.Exists(_folder.File("pair.json")).Should().BeFalse();
    }

    [Fact]
    public async Task Practice_PairFileIsThereAlready_IsNotOverwritten()
    {
        await File.WriteAllTextAsync(_folder.File("mine.json"), "mine", Token);

        using var practice = Start(_folder.File("mine.json"));
        await practice.WaitForExitAsync(Token).WaitAsync(Patience.Limit, TimeProvider.System, Token);

        practice.ExitCode.Should().Be(2);
        (await File.ReadAllTextAsync(_folder.File("mine.json"), Token)).Should().Be("mine");
    }

    public void Dispose() => _folder.Dispose();

    private static Process Start(string pairFile) => Start("Rehearsal", "Rehearsal", "practice", pairFile);

    private static async Task<int> RunAsync(string project, string program, params string[] arguments)
    {
        using var process = Start(project, program, arguments);
        await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return process.ExitCode;
    }

    private static Process Start(string project, string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [BuiltSample.PathOf(project, program), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true })!;
}
