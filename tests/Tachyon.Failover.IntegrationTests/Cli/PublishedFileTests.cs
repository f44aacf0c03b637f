using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Package;
using Tachyon.Failover.IntegrationTests.Switchovers;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Cli;

/// <summary>The program as one file, on a machine without .NET.</summary>
public sealed class PublishedFileTests(SwitchoverScene scene) : IClassFixture<SwitchoverScene>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PublishedFile_NoDotNetInThePath_DoesASwitchoverOverSshd()
    {
        var program = await PublishAsync();
        var pair = PairFileOfScene.Write(scene, _folder.Path);
        var picture = _folder.File("gap.svg");
        var fromSlot = await scene.Cluster.GetSlotAsync(Token);

        var (code, output, errors) = await RunAsync(program, "switchover", "--to", PairFileOfScene.NameOf(scene.Inactive), "--no-window", "--yes", "--json", "--picture", picture, "--pair", pair);

        code.Should().Be(0, "{0}{1}", output, errors);
        using (var json = JsonDocument.Parse(output))
        {
            json.RootElement.GetProperty("version").GetInt32().Should().Be(1);
            json.RootElement.GetProperty("outcome").GetString().Should().Be("completed");
            json.RootElement.GetProperty("identityAt").GetString().Should().Be("target");
        }

        errors.Should().Contain("promote target on south: done");
        File.ReadAllText(picture).Should().StartWith("<svg");
        File.Exists(_folder.File("state/pair.journal")).Should().BeTrue();
        await scene.ShouldBeTrueAsync(IdentityLocation.Target, output, fromSlot, Token);

        await ShouldGiveUpAsync(program, pair);

        // The second time there is nothing to do, and nothing moves.
        (code, output, _) = await RunAsync(program, "switchover", "--to", "south", "--no-window", "--yes", "--pair", pair);
        code.Should().Be(0, "{0}", output);
        output.Should().Contain("There was nothing to do: the staked identity is at south.");
    }

    /// <summary>A signal while it waits for a window that is half an hour away: it says so at once, and ends with nothing moved.</summary>
    private async Task ShouldGiveUpAsync(string program, string pair)
    {
        using var process = Start(program, "switchover", "--to", "north", "--yes", "--pair", pair);
        var shown = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            shown.AppendLine(line);
            if (line.Contains("restart window on south: windows of", StringComparison.Ordinal) || line.Contains("restart window on south: no window", StringComparison.Ordinal))
            {
                using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            }
        }

        await process.WaitForExitAsync(Token);
        process.ExitCode.Should().Be(130, "{0}", shown);
        shown.ToString().Should().Contain("Canceling: nothing was moved yet").And.Contain("Canceled. Nothing was moved.").And.Contain("The staked identity is at south");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Publishes it as the README says, but for a folder of its own: what the solution has built is left alone.</summary>
    private async Task<string> PublishAsync()
    {
        var folder = _folder.File("out");
        await DotNet.RunAsync(
            Repository.Root, Token, "publish", "-c", "Release", "-p:RunAnalyzers=false", "-r", "linux-x64", "--self-contained", "-p:PublishSingleFile=true", "samples/FailoverCli", "--artifacts-path", _folder.File("artifacts"), "-o", folder);
        Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Should().ContainSingle("it is one file").Which.Should().Be("tachyon-failover");
        return Path.Combine(folder, "tachyon-failover");
    }

    /// <summary>Runs it with an environment in which there is no .NET, and hardly anything else.</summary>
    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = _folder.Path };
        start.Environment.Clear();
        start.Environment["PATH"] = "/nonexistent";
        start.Environment["DOTNET_ROOT"] = "/nonexistent";
        start.Environment["HOME"] = _folder.Path;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var errors = process.StandardError.ReadToEndAsync(Token);
        try
        {
            await process.WaitForExitAsync(Token).WaitAsync(Patience.Limit, TimeProvider.System, Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
