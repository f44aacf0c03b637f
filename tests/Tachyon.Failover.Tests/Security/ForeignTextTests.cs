using System.Globalization;
using System.Text;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Tests.Cluster;
using Xunit;

namespace Tachyon.Failover.Tests.Security;

/// <summary>What a host, an RPC or a server writes is cleaned where it enters.</summary>
public sealed class ForeignTextTests
{
    /// <summary>Clear the screen, the clipboard (OSC 52), the title, an 8-bit CSI, line ends of all kinds, right to left, NUL, half of a surrogate pair.</summary>
    public static TheoryData<string> Attacks => ["\e[2J", "\e]52;c;cHduZWQ=\a", "\e]0;owned\a", "\u009b2J", "\r", "\n", "\r\n", "\u2028", "\u2029", "\u0085", "\u202e", "\u200b", "\0", "\ud800", "\b"];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void X6_Detail_OfACall_HasNoControlCharacter(string attack)
    {
        CallResult[] results = [CallResult.Done(With(attack)), CallResult.NotDone(CallFailure.Refused, With(attack)), CallResult.Unknown(CallFailure.TimedOut, With(attack))];

        results.Should().OnlyContain(static result => IsClean(result.Detail!));
        results[1].Detail.Should().StartWith("before ").And.EndWith(" after");
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void X6_Message_OfAShell_HasNoControlCharacter(string attack) =>
        IsClean(new ShellException(ShellFailure.Unreachable, "host", With(attack)).Message).Should().BeTrue();

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task X6_Version_OfAnRpc_HasNoControlCharacter(string attack)
    {
        using var rpc = FakeNode.WithResult("{\"solana-core\":\"" + Escaped(With(attack)) + "\",\"feature-set\":1}");

        // Half of a surrogate pair is no JSON text at all.
        var asking = () => rpc.GetVersionAsync(TestContext.Current.CancellationToken);
        var said = attack == "\ud800" ? (await asking.Should().ThrowAsync<ClusterRpcException>()).Which.Message : await asking();

        IsClean(said).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task X6_Error_OfAnRpc_HasNoControlCharacter(string attack)
    {
        using var rpc = FakeNode.WithError("{\"code\":-32000,\"message\":\"" + Escaped(With(attack)) + "\"}");

        var asking = () => rpc.GetVersionAsync(TestContext.Current.CancellationToken);

        IsClean((await asking.Should().ThrowAsync<ClusterRpcException>()).Which.Message).Should().BeTrue();
    }

    [Fact]
    public void X7_Detail_OfMegabytes_IsShortened() => CallResult.NotDone(CallFailure.Refused, new string('x', 5_000_000)).Detail.Should().HaveLength(4001).And.EndWith("…");

    [Fact]
    public void Detail_WordsOfAllLanguages_AreKept() => CallResult.Done("größer 日本 🙂 – “x”").Detail.Should().Be("größer 日本 🙂 – “x”");

    private static string With(string attack) => $"before {attack} after";

    private static string Escaped(string words) => string.Concat(words.Select(static letter => letter is >= ' ' and <= '~' ? letter.ToString() : FormattableString.Invariant($"\\u{(int)letter:x4}")));

    private static bool IsClean(string words) => words.EnumerateRunes().All(static rune =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
        && !words.Any(static letter => char.IsSurrogate(letter));
}
