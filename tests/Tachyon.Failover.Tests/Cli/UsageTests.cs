using System.Text.Json;
using FluentAssertions;
using Tachyon.Failover.Cli;
using Xunit;

namespace Tachyon.Failover.Tests.Cli;

/// <summary>Wrong calls: exit code 64, a sentence with the remedy, and no contact with a node.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly CliScene _scene = new();

    [Theory]
    [InlineData("There is no command 'swithover'; did you mean switchover?", "swithover")]
    [InlineData("Required command was not provided.")]
    [InlineData("'--force'", "switchover", "--force")]
    [InlineData("Give --yes to continue without a question", "switchover", "--to", "b")]
    [InlineData("Give --yes to continue without a question", "recover")]
    [InlineData("Give --to a or --to b", "switchover", "--yes")]
    [InlineData("--to is 'bb'; did you mean b?", "switchover", "--yes", "--to", "bb")]
    [InlineData("are a and b", "preflight", "--to", "elsewhere")]
    [InlineData("Give --yes to continue without a question", "takeover", "--to", "b")]
    [InlineData("Give --yes to continue without a question", "complete-demotion")]
    [InlineData("takeover needs --to", "takeover", "--yes")]
    [InlineData("--least-grade asserted needs --assert", "takeover", "--yes", "--to", "b", "--least-grade", "asserted")]
    [InlineData("--assert counts for nothing while more is asked for", "takeover", "--yes", "--to", "b", "--assert", "it burns")]
    [InlineData("--assert is empty", "takeover", "--yes", "--to", "b", "--least-grade", "asserted", "--assert", " ")]
    [InlineData("Argument 'sure' not recognized", "takeover", "--yes", "--to", "b", "--least-grade", "sure")]
    [InlineData("--for is 'soon'", "pause", "--for", "soon", "--reason", "new kernel")]
    [InlineData("of 7 days at most", "pause", "--for", "200h", "--reason", "new kernel")]
    [InlineData("--reason is empty", "pause", "--for", "30m", "--reason", " ")]
    [InlineData("'--reason' is required", "pause", "--for", "30m")]
    [InlineData("--window and --no-window exclude each other", "switchover", "--yes", "--to", "b", "--window", "2m", "--no-window")]
    [InlineData("there is no such folder", "switchover", "--yes", "--to", "b", "--picture", "/nowhere/gap.svg")]
    [InlineData("is there already, and is not overwritten", "init")]
    public async Task RunAsync_CallThatCannotBeFollowed_IsUsage(string said, params string[] args)
    {
        (await _scene.RunAsync(args)).Should().Be(ExitCode.Usage);

        _scene.Error.Should().Contain(said);
        _scene.Out.Should().BeEmpty();
    }

    [Fact]
    public async Task RunAsync_UsageAndJson_OneObjectSaysIt()
    {
        (await _scene.RunAsync("switchover", "--to", "b", "--json")).Should().Be(ExitCode.Usage);

        using var json = JsonDocument.Parse(_scene.Out);
        json.RootElement.GetProperty("failure").GetString().Should().Be("usage");
        json.RootElement.GetProperty("message").GetString().Should().Contain("--yes");
        _scene.Error.Should().BeEmpty();
    }

    [Theory]
    [InlineData]
    [InlineData("switchover")]
    [InlineData("init")]
    public async Task Help_OfEveryCommand_NamesEveryExitCode(params string[] command)
    {
        (await _scene.RunAsync([.. command, "--help"])).Should().Be(ExitCode.Done);

        foreach (var (code, meaning) in ExitCode.All)
        {
            _scene.Out.Should().Contain($"{code}  {meaning}");
        }
    }

    public void Dispose() => _scene.Dispose();
}
