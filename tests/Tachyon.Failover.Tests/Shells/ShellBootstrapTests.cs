using System.Text;
using FluentAssertions;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Shells.Ssh;
using Xunit;

namespace Tachyon.Failover.Tests.Shells;

public sealed class ShellBootstrapTests
{
    // Inside single quotes these have a meaning in csh, fish or rc; and a line end ends the command in csh.
    [Fact]
    public void Command_HoldsNothingThatAnyLoginShellWouldRead()
    {
        var command = ShellBootstrap.Create().Command;
        command.Should().StartWith("exec sh -c '").And.EndWith("'");
        var quoted = command["exec sh -c '".Length..^1];
        quoted.Should().NotContainAny("'", "!", "\\", "\n");
    }

    [Fact]
    public void Command_Supervised_HoldsNothingThatAnyLoginShellWouldReadEither()
    {
        var words = ShellBootstrap.CreateSupervised().Command.Split('\'');
        words.Should().HaveCount(5);
        words[0].Should().Be("exec sh -c ");
        words[2].Should().Be(" sh ");
        words[4].Should().BeEmpty();
        string.Concat(words).Should().NotContainAny("!", "\\", "\n");
    }

    [Fact]
    public void Mark_OfTwoBootstraps_Differs()
    {
        var (one, two) = (ShellBootstrap.Create(), ShellBootstrap.Create());
        one.Mark.ToArray().Should().NotEqual(two.Mark.ToArray());
        one.Command.Should().Contain($"echo {Encoding.ASCII.GetString(one.Mark.Span).TrimEnd('\n')};");
    }

    [Theory]
    [InlineData("echo a", "echo a\n")]
    [InlineData("", "\n")]
    [InlineData("a\nb", "a\\0012b\n")]
    [InlineData("\\n", "\\0134n\n")]
    [InlineData("~ '\"$`", "~ '\"$`\n")]
    [InlineData("ü", "\\0303\\0274\n")]
    [InlineData("\u007f\t\r", "\\0177\\0011\\0015\n")]
    public void Encode_Script_IsOneLineOfAscii(string script, string expected) =>
        Encoding.ASCII.GetString(ShellBootstrap.Encode(ShellScript.Create(Literal(script)))).Should().Be(expected);

    private static ShellScriptInterpolatedStringHandler Literal(string text)
    {
        var script = new ShellScriptInterpolatedStringHandler(text.Length, 0);
        script.AppendLiteral(text);
        return script;
    }
}
