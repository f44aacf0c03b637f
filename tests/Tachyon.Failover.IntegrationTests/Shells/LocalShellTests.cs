using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Shells;

[RunsContract(typeof(LocalShell))]
public sealed class LocalShellTests : ShellContract
{
    protected override bool TellsSignals => false;

    protected override Task<IShell> CreateAsync() => Task.FromResult<IShell>(new LocalShell("here", new Dictionary<string, string> { ["GIVEN"] = "a value" }));

    [Fact]
    public async Task StartAsync_WithEnvironment_ScriptSeesIt()
    {
        await using var session = await StartAsync(ShellScript.Create($"printf %s \"$GIVEN\""));
        (await ReadTextAsync(session.StandardOutput)).Should().Be("a value");
    }

    [Fact]
    public async Task StartAsync_ScriptTooLongForAnArgument_ThrowsWithRemedy()
    {
        Func<Task> start = () => Shell.StartAsync(ShellScript.Create($": {new string('x', 1 << 20)}"));
        (await start.Should().ThrowAsync<ShellException>()).Which.Message.Should().Contain("128 KiB");
    }
}
