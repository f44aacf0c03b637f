using CsCheck;
using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.Tests.Identities;

public sealed class PubkeyTests
{
    private const string Text = "AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq";

    [Fact]
    public void Parse_AnyKeyWritten_GivesTheKey() =>
        Gen.Byte.Array[32].Sample(bytes =>
        {
            var key = new Pubkey(bytes);
            return Pubkey.Parse(key.ToString()).Equals(key);
        });

    [Theory]
    [InlineData("11111111111111111111111111111111", 0x00)]
    [InlineData("JEKNVnkbo3jma5nREBBJCDoXFVeKkD56V3xKrvRmWxFG", 0xff)]
    public void Parse_LowestAndHighestKey_AreRead(string text, byte each)
    {
        var key = Pubkey.Parse(text);

        key.Bytes.ToArray().Should().HaveCount(32).And.OnlyContain(b => b == each);
        key.ToString().Should().Be(text);
    }

    [Fact]
    public void Parse_KeyWithLeadingZeros_KeepsThem()
    {
        var bytes = new byte[32];
        bytes[31] = 1;

        new Pubkey(bytes).ToString().Should().Be(new string('1', 31) + "2");
        Pubkey.Parse(new string('1', 31) + "2").Bytes.ToArray().Should().Equal(bytes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1111111111111111111111111111111")]
    [InlineData("111111111111111111111111111111111")]
    [InlineData("11111111111111111111111111111111111111111111")]
    [InlineData("JEKNVnkbo3jma5nREBBJCDoXFVeKkD56V3xKrvRmWxFH")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("2222222222222222222222222222222222222222")]
    [InlineData(Text + "1")]
    [InlineData("1" + Text)]
    public void TryParse_NotOf32Bytes_IsFalse(string? text)
    {
        Pubkey.TryParse(text, out var key).Should().BeFalse();
        key.Should().BeNull();
    }

    [Fact]
    public void TryParse_AnyForeignCharacterAnywhere_IsFalse()
    {
        const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        for (var c = 0; c <= char.MaxValue; c++)
        {
            if (!Alphabet.Contains((char)c, StringComparison.Ordinal))
            {
                Pubkey.TryParse((char)c + Text[1..], out _).Should().BeFalse();
                Pubkey.TryParse(Text[..20] + (char)c + Text[21..], out _).Should().BeFalse();
                Pubkey.TryParse(Text[..^1] + (char)c, out _).Should().BeFalse();
            }
        }
    }

    [Fact]
    public void Parse_Garbage_SaysSo()
    {
        var parse = () => Pubkey.Parse("garbage");
        parse.Should().Throw<FormatException>().WithMessage("'garbage' is not a pubkey*32 bytes*");

        var parseNull = () => Pubkey.Parse(null!);
        parseNull.Should().Throw<ArgumentNullException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void New_NotOf32Bytes_Throws(int length)
    {
        var create = () => new Pubkey(new byte[length]);
        create.Should().Throw<ArgumentException>().WithMessage($"*not {length}*");
    }

    [Fact]
    public void Equals_OneBitOff_IsFalse()
    {
        var bytes = Pubkey.Parse(Text).Bytes.ToArray();
        var same = new Pubkey(bytes);
        bytes[31] ^= 1;

        same.Should().Be(Pubkey.Parse(Text), "the bytes given are copied");
        same.GetHashCode().Should().Be(Pubkey.Parse(Text).GetHashCode());
        new Pubkey(bytes).Should().NotBe(same);
        same.Equals(null).Should().BeFalse();
    }
}
