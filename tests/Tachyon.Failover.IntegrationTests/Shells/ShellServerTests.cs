using System.Text;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Ssh;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Shells;

/// <summary>Servers that are set up otherwise than by default, as hardened ones are.</summary>
public abstract class ShellServerTests(Func<LoopbackSshd, IShell> shellFor) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Session_ServerRenewsItsKeysAllTheTime_LosesNoByte()
    {
        await using var sshd = await StartAsync("RekeyLimit 64K");
        await using var shell = shellFor(sshd);
        await using var session = await shell.StartAsync(ShellScript.Create($"cat"), Token);
        var bytes = new byte[2_000_000];
        new Random(3).NextBytes(bytes);
        var back = new byte[bytes.Length];
        var reading = session.StandardOutput.ReadExactlyAsync(back, Token).AsTask();
        await session.StandardInput.WriteAsync(bytes, Token).AsTask().WaitAsync(Patience.Limit, TimeProvider.System, Token);
        await reading.WaitAsync(Patience.Limit, TimeProvider.System, Token);
        back.AsSpan().SequenceEqual(bytes).Should().BeTrue();
        await session.StandardInput.DisposeAsync();
        (await session.Completion.WaitAsync(Patience.Limit, TimeProvider.System, Token)).Should().BeEquivalentTo(ShellExit.Exited(0));
    }

    [Fact]
    public async Task Session_ServerAsksForSignsOfLife_IsNotDropped()
    {
        await using var sshd = await StartAsync("ClientAliveInterval 1", "ClientAliveCountMax 1");
        await using var shell = shellFor(sshd);
        await using var session = await shell.StartAsync(ShellScript.Create($"sleep 4; echo still here"), Token);
        (await new StreamReader(session.StandardOutput, Encoding.ASCII).ReadLineAsync(Token)).Should().Be("still here");
    }

    [Fact]
    public async Task ConnectAsync_ServerForbidsForwarding_ThrowsWithTheRemedy()
    {
        await using var sshd = await StartAsync("AllowTcpForwarding no");
        await using var shell = shellFor(sshd);
        Func<Task> connect = () => shell.ConnectAsync("127.0.0.1", sshd.Port, Token).WaitAsync(Patience.Limit, TimeProvider.System, Token);
        (await connect.Should().ThrowAsync<ShellException>()).Which.Message.Should().Contain("AllowTcpForwarding");
    }

    [Fact]
    public async Task Environment_OfTheServer_ReachesScripts()
    {
        var options = new LoopbackSshdOptions { Environment = new Dictionary<string, string> { ["GIVEN"] = "it's a value" } };
        await using var sshd = await LoopbackSshd.StartAsync(_folder.File("sshd"), options: options, cancellationToken: Token);
        await using var shell = shellFor(sshd);
        await using var session = await shell.StartAsync(ShellScript.Create($"echo \"$GIVEN\""), Token);
        (await new StreamReader(session.StandardOutput, Encoding.ASCII).ReadLineAsync(Token)).Should().Be("it's a value");
    }

    [Fact]
    public async Task StartAsync_ConfigurationIsWrong_ThrowsWithTheLog()
    {
        Func<Task> start = () => StartAsync("NoSuchKeyword yes");
        (await start.Should().ThrowAsync<LoopbackSshdException>()).Which.Message.Should().Contain("NoSuchKeyword");
    }

    private Task<LoopbackSshd> StartAsync(params string[] configuration) =>
        LoopbackSshd.StartAsync(_folder.File("sshd"), options: new LoopbackSshdOptions { ExtraConfiguration = configuration }, cancellationToken: Token);
}
