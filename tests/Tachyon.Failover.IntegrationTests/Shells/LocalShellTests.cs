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

    /// <summary>Otherwise a user who can write in a service's start folder could decide what the service runs.</summary>
    [Fact]
    public async Task C2_StartAsync_ShOfTheCurrentFolder_IsNotRun()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no sh of its own.");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("sh"), "#!/bin/sh\necho another\n", TestContext.Current.CancellationToken);
        await using (var chmod = await StartAsync(ShellScript.Create($"chmod 755 {folder.File("sh")}")))
        {
            await chmod.Completion;
        }

        // In a separate process: the current folder belongs to the whole process.
        await using var session = await StartAsync(ShellScript.Create($"cd {folder.Path} && exec {ThisProgram} -noLogo -method '*LocalShellTests.StartAsync_WithEnvironment_ScriptSeesIt'"));

        (await ReadTextAsync(session.StandardOutput)).Should().Contain("Failed: 0");
        (await session.Completion).Status.Should().Be(0);
    }

    private static string[] ThisProgram => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? [Environment.ProcessPath!, "exec", typeof(LocalShellTests).Assembly.Location]
        : [Environment.ProcessPath!];
}
