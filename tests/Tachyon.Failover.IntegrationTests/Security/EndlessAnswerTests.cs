using System.Runtime.Versioning;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Security;

[UnsupportedOSPlatform("windows")]
public sealed class LocalEndlessAnswerTests() : EndlessAnswerTests(new LocalShell());

[UnsupportedOSPlatform("windows")]
public sealed class SshEndlessAnswerTests(SshdFixture sshd) : EndlessAnswerTests(new SshNetShell(sshd.Options)), IClassFixture<SshdFixture>;

/// <summary>A host that sends without end.</summary>
[UnsupportedOSPlatform("windows")]
public abstract class EndlessAnswerTests(IShell shell) : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("printf '%s 0 2147483646\\n' 1; exec yes", "where the answer to script 1 was expected")]
    [InlineData("exec tr '\\0' x </dev/zero", "65536 bytes without a line end")]
    public async Task X7_RunAsync_AnswerWithoutAnEnd_IsNotReadAndItsSessionEnds(string sends, string words)
    {
        var mark = _folder.File("runs");
        await using var line = await ScriptLine.OpenAsync(
            shell, ShellScript.Create($"""{NodeUptime.Greet}; read -r script; echo $$ >{mark}; eval {sends}"""), Patience.Limit, beat: null, TimeProvider.System);
        var request = new ScriptRequest(ShellScript.Create($"true"), Patience.Limit);

        await line.SendAsync(request);
        var answer = await request.Answer;

        answer.Failure.Should().Be(CallFailure.ConnectionLost);
        answer.ToCallResult().Detail.Should().Contain(words);
        var process = (await File.ReadAllTextAsync(mark, Token)).Trim();
        await Patience.UntilAsync(() => !Directory.Exists($"/proc/{process}"), Token);
    }

    [Fact]
    public async Task X7_OpenAsync_OpeningWithoutALineEnd_IsRefused()
    {
        var act = () => ScriptLine.OpenAsync(shell, ShellScript.Create($"exec tr '\\0' x </dev/zero"), Patience.Limit, beat: null, TimeProvider.System);

        (await act.Should().ThrowAsync<InvalidDataException>()).Which.Message.Should().Contain("65536 bytes without a line end");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await shell.DisposeAsync();
        _folder.Dispose();
    }
}
