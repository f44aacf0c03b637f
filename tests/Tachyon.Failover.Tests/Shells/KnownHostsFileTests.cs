using FluentAssertions;
using Tachyon.Failover.Shells.HostKeys;
using Xunit;

namespace Tachyon.Failover.Tests.Shells;

public sealed class KnownHostsFileTests
{
    // Created by ssh-keygen for these tests. There are no private halves.
    private const string Ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB7QqvRpdk4KPY4sFzFSB3J9maU1skqpyuvw7DtUTt2g";
    private const string OtherEd25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBshl6wTKV+s0HD58SCrEkes9ybB6Q/5m4QLUHVlDLbt";
    private const string Ecdsa =
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBG3dsnk7gEY773TreXkznyEWb7LuSXLZhgAuaqcpb9+busevU8S63IiwAFU89mxb6aEX4TnuF7iAqEHpkjoIxTU=";

    // By `ssh-keygen -H`, for host.example and for [host.example]:2222.
    private const string HashedHost = "|1|if8LXWi/GRF1YyvdbqF2wsgIwns=|95ckiuxfFfcjP1/WNLkJaaa4bVY=";
    private const string HashedHostWithPort = "|1|e4AFAzZN69U72jcHyuYp8PhEDvI=|r/Hek13rzy89pAv2MtUIqqcdk8U=";

    [Theory]
    [InlineData("host.example", 22, "host.example")]
    [InlineData("host.example", 2222, "[host.example]:2222")]
    [InlineData("HOST.Example", 22, "host.example")]
    [InlineData("10.1.2.3", 2222, "[10.1.2.3]:2222")]
    [InlineData("fe80::1", 22, "fe80::1")]
    public void NameOf_HostAndPort_IsAsOpenSshWritesIt(string host, int port, string expected) => KnownHostsFile.NameOf(host, port).Should().Be(expected);

    [Theory]
    [InlineData("host.example", 22, "host.example")]
    [InlineData("host.example,10.0.0.1", 22, "host.example")]
    [InlineData("10.0.0.1,host.example", 22, "host.example")]
    [InlineData("[host.example]:2222", 2222, "host.example")]
    [InlineData("host.example", 2222, "host.example")]
    [InlineData("*.example", 22, "host.example")]
    [InlineData("h?st.example", 22, "host.example")]
    [InlineData("*", 22, "host.example")]
    [InlineData("*", 2222, "host.example")]
    [InlineData("*,!other.example", 22, "host.example")]
    [InlineData("[*]:2222", 2222, "host.example")]
    [InlineData("HOST.EXAMPLE", 22, "host.example")]
    [InlineData("host.example", 22, "Host.Example")]
    [InlineData(HashedHost, 22, "host.example")]
    [InlineData(HashedHost, 22, "HOST.example")]
    [InlineData(HashedHost, 2222, "host.example")]
    [InlineData(HashedHostWithPort, 2222, "host.example")]
    public void Find_NamesThatMatch_IsTrusted(string names, int port, string host) =>
        Find($"{names} {Ed25519}", host, port, Ed25519).Kind.Should().Be(KnownHostsFindingKind.Trusted);

    [Theory]
    [InlineData("other.example", 22)]
    [InlineData("host.example.org", 22)]
    [InlineData("ahost.example", 22)]
    [InlineData("host", 22)]
    [InlineData("host?.example", 22)]
    [InlineData("*.example,!host.example", 22)]
    [InlineData("!host.example,*", 22)]
    [InlineData("!other.example", 22)]
    [InlineData("[host.example]:2222", 22)]
    [InlineData("[host.example]:2222", 2223)]
    [InlineData("[host.example]:22", 22)]
    [InlineData(HashedHostWithPort, 22)]
    [InlineData("|1|if8LXWi/GRF1YyvdbqF2wsgIwns=|AAAAiuxfFfcjP1/WNLkJaaa4bVY=", 22)]
    [InlineData("|1|if8LXWi/GRF1YyvdbqF2wsgIwns=", 22)]
    [InlineData("|1||", 22)]
    [InlineData("|2|if8LXWi/GRF1YyvdbqF2wsgIwns=|95ckiuxfFfcjP1/WNLkJaaa4bVY=", 22)]
    [InlineData("|1|not base64|95ckiuxfFfcjP1/WNLkJaaa4bVY=", 22)]
    [InlineData(",,", 22)]
    public void Find_NamesThatDoNotMatch_IsUnknown(string names, int port) =>
        Find($"{names} {Ed25519}", "host.example", port, Ed25519).Kind.Should().Be(KnownHostsFindingKind.Unknown);

    [Theory]
    [InlineData("")]
    [InlineData("# host.example " + Ed25519)]
    [InlineData("   # host.example " + Ed25519)]
    [InlineData("@cert-authority host.example " + Ed25519)]
    [InlineData("@cert-authority * " + Ed25519)]
    [InlineData("@something host.example " + Ed25519)]
    [InlineData("@revoked")]
    [InlineData("host.example")]
    [InlineData("host.example ssh-ed25519")]
    [InlineData("host.example ssh-ed25519 ????")]
    [InlineData("host.example ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIB7QqvRpdk4KPY4sFzFSB3J9maU1skqpyuvw7DtUTt2g")]
    [InlineData("host.example 2048 35 12345678901234567890")]
    public void Parse_LineThatHoldsNoKeyOfAHost_DoesNotCount(string line) =>
        Find(line, "host.example", 22, Ed25519).Kind.Should().Be(KnownHostsFindingKind.Unknown);

    [Theory]
    [InlineData("host.example " + Ed25519 + " a comment")]
    [InlineData("  host.example\t" + Ed25519 + "\t\tsomebody@somewhere 2026")]
    [InlineData("host.example " + Ed25519 + "\r")]
    public void Parse_BlanksAndComments_AreNotPartOfTheKey(string line) =>
        Find(line, "host.example", 22, Ed25519).Kind.Should().Be(KnownHostsFindingKind.Trusted);

    [Fact]
    public void Find_AnotherKey_IsChangedAtItsLine()
    {
        var finding = Find($"# first\n\nhost.example {OtherEd25519}\n", "host.example", 22, Ed25519);
        finding.Kind.Should().Be(KnownHostsFindingKind.Changed);
        finding.Entry!.Line.Should().Be(3);
    }

    [Fact]
    public void Find_AnotherKeyOfAnotherType_IsChanged() =>
        Find($"host.example {Ecdsa}", "host.example", 22, Ed25519).Kind.Should().Be(KnownHostsFindingKind.Changed);

    [Fact]
    public void Find_SeveralOtherKeys_ShowsTheOneOfTheSameType() =>
        Find($"host.example {Ecdsa}\nhost.example {OtherEd25519}\nhost.example {Ecdsa}", "host.example", 22, Ed25519).Entry!.Line.Should().Be(2);

    [Fact]
    public void Find_SeveralKeysOfTheHost_EachIsTrusted()
    {
        var text = $"host.example {OtherEd25519}\nhost.example {Ecdsa}\nhost.example {Ed25519}\n";
        foreach (var key in new[] { Ed25519, OtherEd25519, Ecdsa })
        {
            Find(text, "host.example", 22, key).Kind.Should().Be(KnownHostsFindingKind.Trusted);
        }
    }

    [Theory]
    [InlineData("@revoked host.example " + Ed25519)]
    [InlineData("host.example " + Ed25519 + "\n@revoked host.example " + Ed25519)]
    [InlineData("@revoked * " + Ed25519 + "\nhost.example " + Ed25519)]
    [InlineData("host.example " + OtherEd25519 + "\n@revoked *.example " + Ed25519)]
    public void Find_RevokedKey_IsRevokedWhateverElseIsSaid(string text)
    {
        var finding = Find(text, "host.example", 22, Ed25519);
        finding.Kind.Should().Be(KnownHostsFindingKind.Revoked);
        finding.Entry!.Marker.Should().Be(KnownHostsMarker.Revoked);
    }

    [Fact]
    public void Find_AnotherKeyIsRevoked_DoesNotMatter() =>
        Find($"@revoked host.example {OtherEd25519}\nhost.example {Ed25519}", "host.example", 22, Ed25519).Kind.Should().Be(KnownHostsFindingKind.Trusted);

    [Fact]
    public void Find_AnotherPort_OnlyTheSameKeyCountsWithoutThePort()
    {
        Find($"host.example {OtherEd25519}", "host.example", 2222, Ed25519).Kind.Should().Be(KnownHostsFindingKind.Unknown);
        Find($"host.example {Ed25519}\n[host.example]:2222 {OtherEd25519}", "host.example", 2222, Ed25519).Kind.Should().Be(KnownHostsFindingKind.Changed);
        Find($"@revoked host.example {Ed25519}", "host.example", 2222, Ed25519).Kind.Should().Be(KnownHostsFindingKind.Revoked);
    }

    [Fact]
    public void KeyTypes_OfAHost_AreThoseOfItsTrustedLines()
    {
        var file = KnownHostsFile.Parse(
            $"host.example {Ecdsa}\n@revoked host.example {OtherEd25519}\n@cert-authority host.example {Ed25519}\n[host.example]:2222 {Ed25519}\nhost.example {Ecdsa}\n");
        file.KeyTypes("host.example", 22).Should().Equal("ecdsa-sha2-nistp256");
        file.KeyTypes("host.example", 2222).Should().Equal("ssh-ed25519");
        file.KeyTypes("host.example", 2223).Should().Equal("ecdsa-sha2-nistp256");
        file.KeyTypes("other.example", 22).Should().BeEmpty();
    }

    [Fact]
    public void KnownHostsLine_OfAKey_IsTrustedWhenAdded()
    {
        var key = KeyOf(Ed25519);
        key.KnownHostsLine("host.example", 2222).Should().Be("[host.example]:2222 " + Ed25519);
        KnownHostsFile.Parse(key.KnownHostsLine("host.example", 2222)).Find("host.example", 2222, key).Kind.Should().Be(KnownHostsFindingKind.Trusted);
    }

    [Theory]
    [InlineData(Ed25519, "SHA256:6QntnA7lcl/kd87kDCyyCo9s6bJ+Q6bs4scw5ZFiYSQ")]
    [InlineData(OtherEd25519, "SHA256:BKW/s6TISkmcZKVOL9G7kbTB1qzX/YlyNW7KsxZSgjs")]
    [InlineData(Ecdsa, "SHA256:CU9eDV24INYhpUOZ/l6dEQXLev10mKZrHCbK6Pt6D8M")]
    public void Fingerprint_OfAKey_IsAsSshKeygenPrintsIt(string line, string expected) => KeyOf(line).Fingerprint.Should().Be(expected);

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 9, 1 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 1 })]
    public void Type_OfBytesThatAreNoKey_IsUnknown(byte[] blob) => new HostKey(blob).Type.Should().Be("unknown");

    private static KnownHostsFinding Find(string text, string host, int port, string key) => KnownHostsFile.Parse(text).Find(host, port, KeyOf(key));

    private static HostKey KeyOf(string line) => new(Convert.FromBase64String(line.Split(' ')[1]));
}
