using FluentAssertions;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Tachyon.Failover.Testing.Keypairs;
using Xunit;

namespace Tachyon.Failover.Tests.Keypairs;

public sealed class ValidatorKeypairTests
{
    [Fact]
    public void Generate_SameSeedAndName_IsTheSameKeypair()
    {
        var keypair = ValidatorKeypair.Generate(42, "staked");

        ValidatorKeypair.Generate(42, "staked").ToJson().Should().Be(keypair.ToJson());
        ValidatorKeypair.Generate(43, "staked").Pubkey.Should().NotBe(keypair.Pubkey);
        ValidatorKeypair.Generate(42, "unstaked").Pubkey.Should().NotBe(keypair.Pubkey);

        // A changed derivation would change every recorded seed.
        keypair.Pubkey.ToString().Should().Be("C9c19qHtsyz9peCQHHRAwbHmVyeyVFRjhsiV4EGHdZw5");
    }

    [Fact]
    public void FromJson_OwnJson_IsTheSameKeypair()
    {
        var keypair = ValidatorKeypair.Generate(42, "staked");

        var read = ValidatorKeypair.FromJson(keypair.ToJson());

        read.Pubkey.Should().Be(keypair.Pubkey);
        read.Sign([1, 2, 3]).Should().Equal(keypair.Sign([1, 2, 3]));
    }

    [Fact]
    public void Sign_FirstVectorOfRfc8032_GivesItsSignature()
    {
        const string Secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        const string Public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        var keypair = ValidatorKeypair.FromJson($"[ {string.Join(",\n", Convert.FromHexString(Secret + Public))} ]");

        Convert.ToHexStringLower(keypair.Pubkey.Bytes.Span).Should().Be(Public);
        Convert.ToHexStringLower(keypair.Sign([])).Should().Be(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    }

    [Fact]
    public void Sign_Message_VerifiesWithThePublicHalf()
    {
        var keypair = ValidatorKeypair.Generate(1, "x");

        Ed25519.Verify(keypair.Sign("vote"u8), keypair.Pubkey.Bytes.Span, "vote"u8).Should().BeTrue();
        Ed25519.Verify(keypair.Sign("vote"u8), keypair.Pubkey.Bytes.Span, "veto"u8).Should().BeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1,2,3]")]
    [InlineData("[256]")]
    public void FromJson_NotAKeypair_Throws(string json)
    {
        var read = () => ValidatorKeypair.FromJson(json);
        read.Should().Throw<FormatException>().WithMessage("*64 numbers*");
    }

    [Theory]
    [InlineData(",256]", "*64 numbers*")]
    [InlineData(",-1]", "*64 numbers*")]
    [InlineData(",0]", "*does not belong*")]
    public void FromJson_LastNumberWrong_Throws(string end, string message)
    {
        var json = ValidatorKeypair.Generate(3, "x").ToJson();
        var read = () => ValidatorKeypair.FromJson(json[..json.LastIndexOf(',')] + end);

        read.Should().Throw<FormatException>().WithMessage(message);
    }
}
