using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Shells;

/// <summary>What a shell changes of the whole process: one number of the thread pool, and that only if it may, and not for good. Alone, since others change it too.</summary>
[Collection(nameof(PoolRoomTests))]
[CollectionDefinition(nameof(PoolRoomTests), DisableParallelization = true)]
public sealed class PoolRoomTests(SshdFixture sshd) : IClassFixture<SshdFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Least
    {
        get
        {
            ThreadPool.GetMinThreads(out var workers, out _);
            return workers;
        }
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    public async Task C18_ConnectAsync_TwoStreams_GrowThePoolForAsLongAsTheyAreOpenAndOnlyIfTheyMay(bool growsThreadPool, int more)
    {
        var before = Least;
        await using var shell = new SshNetShell(sshd.Options.With(it => it.GrowsThreadPool = growsThreadPool));

        var first = await shell.ConnectAsync("127.0.0.1", sshd.Sshd.Port, Token);
        var second = await shell.ConnectAsync("127.0.0.1", sshd.Sshd.Port, Token);

        Least.Should().Be(before + more);
        await first.DisposeAsync();
        await second.DisposeAsync();
        await shell.DisposeAsync();

        // A forward is closed on its own thread.
        await Patience.UntilAsync(() => Least == before, Token);
    }

    [Fact]
    public async Task C18_ConnectAsync_Refused_GivesTheRoomBack()
    {
        var before = Least;
        await using var shell = new SshNetShell(sshd.Options);

        await shell.Awaiting(asked => asked.ConnectAsync("127.0.0.1", 1, Token)).Should().ThrowAsync<ShellException>();
        await shell.DisposeAsync();

        await Patience.UntilAsync(() => Least == before, Token);
    }
}
