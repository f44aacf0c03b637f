using FluentAssertions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Keypairs;
using Xunit;

namespace Tachyon.Failover.Tests.Identities;

public sealed class KeypairFileTests
{
    private static readonly string Thirty = string.Join(',', Enumerable.Range(0, 30));

    [Theory]
    [InlineData(",", "")]
    [InlineData(",", "\n")]
    [InlineData(", ", " \n")]
    [InlineData(" ,\r\n\t", "\r\n")]
    public void TryParsePublicHalf_AsPrinted_GivesTheKey(string separator, string around)
    {
        var keypair = ValidatorKeypair.Generate(7, "staked");
        var text = around + string.Join(separator, keypair.ToJson().Trim('[', ']').Split(',')[32..]) + around;

        KeypairFile.TryParsePublicHalf(text, out var pubkey, out var problem).Should().BeTrue();

        pubkey.Should().Be(keypair.Pubkey);
        problem.Should().BeNull();
    }

    [Theory]
    [InlineData("", "has no numbers")]
    [InlineData(" \n", "has no numbers")]
    [InlineData("1", "has 1 numbers, not 32")]
    [InlineData("1,2,", "number 3 of")]
    [InlineData(",1", "number 1 of")]
    [InlineData("256", "number 1 of")]
    [InlineData("1,-1", "number 2 of")]
    [InlineData("+1", "number 1 of")]
    [InlineData("01", "number 1 of")]
    [InlineData("00", "number 1 of")]
    [InlineData("0000001", "number 1 of")]
    [InlineData("1e1", "number 1 of")]
    [InlineData("0x1", "number 1 of")]
    [InlineData("1 2", "number 1 of")]
    [InlineData("[1", "number 1 of")]
    [InlineData("١", "number 1 of")]
    [InlineData("cut: no such file", "number 1 of")]
    public void TryParsePublicHalf_Garbage_SaysWhatIsWrong(string text, string problem) => Refused(text).Should().Contain(problem);

    [Fact]
    public void TryParsePublicHalf_OneTooFewOrTooMany_SaysHowMany()
    {
        Refused(Thirty + ",30").Should().Contain("31 numbers");
        Refused(Thirty + ",30,31,32").Should().Contain("33 numbers");
    }

    [Fact]
    public void TryParsePublicHalf_WholeFile_DoesNotRepeatIt()
    {
        // If a script ever prints the private half, this message must not bring it into a log.
        Refused(ValidatorKeypair.Generate(7, "staked").ToJson().Trim('[', ']')).Should().Be("is not a keypair: its public half has 64 numbers, not 32");
        Refused("secret").Should().NotContain("secret");
    }

    private static string Refused(string text)
    {
        KeypairFile.TryParsePublicHalf(text, out var pubkey, out var problem).Should().BeFalse();
        pubkey.Should().BeNull();
        return problem!;
    }
}
