using System.Diagnostics;
using System.Runtime.Versioning;
using FluentAssertions;
using Tachyon.Failover.IntegrationTests.Nodes;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Security;

/// <summary>Files and links whose content is not what is expected there.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ForeignShapesTests : IAsyncDisposable
{
    private readonly LocalShell _shell = new();
    private readonly NodesFixture _nodes = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Numbers(int count) => string.Join(',', Enumerable.Range(100, count));

    public static TheoryData<string> NoKeypairs =>
    [
        $"{{\"v\":1,\"key\":[{Numbers(64)}]}}", $"[{Numbers(65)}]", $"[{Numbers(32)}][{Numbers(64)}]", $"[{Numbers(32)},[{Numbers(64)}]]", $"{Numbers(64)}", $"1\n[{Numbers(64)}]", $"[{Numbers(63)},]",
    ];

    [Theory]
    [MemberData(nameof(NoKeypairs))]
    public async Task X22_InspectAsync_FileIsNotOneArrayOf64Numbers_NoNumberOfItLeavesTheNode(string content)
    {
        var node = _nodes.Source;
        await File.WriteAllTextAsync(node.Settings.StakedKeypair, content, Token);
        await using var session = await _shell.StartAsync(NodeInspection.Script(node.Settings), Token);
        using var said = new StreamReader(session.StandardOutput);

        var output = await said.ReadToEndAsync(Token);

        output.Split('\n').Should().Contain("staked ").And.Contain(line => line.StartsWith("unstaked ", StringComparison.Ordinal) && line.Length > 70, "the other file is read");
        output.Should().NotContain(",132,", "that is a number in the middle");
    }

    [Theory]
    [InlineData("x\ny")]
    [InlineData("x\n")]
    [InlineData("x\rkey 1,2,3")]
    [InlineData("\u001b]0;x\u0007")]
    public async Task X14_ReadAsync_LinkPointsAtANameWithAControlCharacter_IsNotDoneAndNamesItCleaned(string text)
    {
        var read = await ReadAsync(text);

        read.Call.Failure.Should().Be(CallFailure.NotALink);
        read.Call.Detail.Should().Contain("points at a name with a control character").And.Contain("x").And.NotContainAny("\n", "\r", "\u001b", "\u0007");
    }

    [Fact]
    public async Task X14_ReadAsync_LinkPointsAtANameWithABackslash_IsThatName()
    {
        var read = await ReadAsync("/nowhere/x\\ny\\c");

        read.Value!.Path.Should().Be("/nowhere/x\\ny\\c");
        read.Value.Identity.Should().BeNull();
    }

    public async ValueTask DisposeAsync()
    {
        await _nodes.DisposeAsync();
        await _shell.DisposeAsync();
    }

    private async Task<CallResult<IdentityLinkTarget>> ReadAsync(string text)
    {
        var node = _nodes.Source;
        using var link = Process.Start("ln", ["-sfn", "--", text, node.Settings.IdentityLink]);
        await link.WaitForExitAsync(Token);
        return await new ShellIdentityLink(_nodes.Talk(_shell, node), node.Settings, NodeFolders.StakedIdentity).ReadAsync(Token);
    }
}
