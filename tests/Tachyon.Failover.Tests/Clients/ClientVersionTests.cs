using FluentAssertions;
using Tachyon.Failover.Clients;
using Xunit;

namespace Tachyon.Failover.Tests.Clients;

/// <summary>What runs, by its version line and by <c>getVersion</c>.</summary>
public sealed class ClientVersionTests
{
    [Theory]
    [InlineData("tachyon-validator 2.2.15 (src:00000000; feat:1576788063, client:Tachyon)", nameof(ClientFamily.Agave), 2, 2)]
    [InlineData("agave-validator 4.0.3 (src:69e29197; feat:6ff76655, client:JitoLabs)", nameof(ClientFamily.Agave), 4, 0)]
    [InlineData("agave-validator 4.3.0-beta.2 (src:9d9c0f7a; feat:8f96a3db, client:JitoLabs)", nameof(ClientFamily.Agave), 4, 3)]
    [InlineData("0.909.40003 (03268710bdc9a68f22a4e582dfaef92e5b62ace8)", nameof(ClientFamily.Frankendancer), 0, 909)]
    [InlineData("26.9.2 (145d870ca63c563bc34a66f5c6bae1e2d549b808)", nameof(ClientFamily.Firedancer), 26, 9)]
    [InlineData("4.0.3 (69e29197)", nameof(ClientFamily.Unknown), 4, 0)]
    public void OfProgram_VersionLine_IsRead(string line, string family, int major, int minor) =>
        ClientVersion.OfProgram(line).Should().Be(new ClientVersion(Enum.Parse<ClientFamily>(family), major, minor, line));

    [Theory]
    [InlineData("2.2.15", nameof(ClientFamily.Agave), 2, 2)]
    [InlineData("4.3.0-beta.2", nameof(ClientFamily.Agave), 4, 3)]
    [InlineData("0.909.40003", nameof(ClientFamily.Frankendancer), 0, 909)]
    [InlineData("26.11.0", nameof(ClientFamily.Firedancer), 26, 11)]
    public void OfRunning_Version_IsRead(string version, string family, int major, int minor) =>
        ClientVersion.OfRunning(version).Should().Be(new ClientVersion(Enum.Parse<ClientFamily>(family), major, minor, version));

    [Theory]
    [InlineData("")]
    [InlineData("error: unrecognized argument")]
    [InlineData("tachyon-validator")]
    [InlineData("tachyon-validator master")]
    public void OfProgram_NoVersion_Null(string line) => ClientVersion.OfProgram(line).Should().BeNull();

    [Theory]
    [InlineData("/home/sol/bin/tachyon-validator", nameof(ClientFamily.Agave))]
    [InlineData("/usr/bin/agave-validator", nameof(ClientFamily.Agave))]
    [InlineData("/opt/firedancer/bin/fdctl", nameof(ClientFamily.Frankendancer))]
    [InlineData("/opt/fdctl/agave-validator", nameof(ClientFamily.Agave))]
    [InlineData("firedancer-dev", nameof(ClientFamily.Firedancer))]
    [InlineData("Frankendancer", nameof(ClientFamily.Frankendancer))]
    [InlineData("JitoLabs", nameof(ClientFamily.Unknown))]
    public void OfName_FileOrPublishedClient_ItsFamily(string name, string family) => ClientVersion.OfName(name).ToString().Should().Be(family);

    [Theory]
    [InlineData("2.2.15", true, "tachyon, Agave 2.2")]
    [InlineData("3.1.0", false, "tachyon, Agave 3.1 to 4.1")]
    [InlineData("4.0.3", true, "tachyon, Agave 3.1 to 4.1")]
    [InlineData("4.1.2", false, "tachyon, Agave 3.1 to 4.1")]
    [InlineData("4.2.0", false, "Agave 4.2, 4.3 with a tower")]
    [InlineData("4.3.0-beta.2", true, "Agave 4.2, 4.3 with a tower")]
    [InlineData("2.1.9", false, null)]
    [InlineData("2.3.0", false, null)]
    [InlineData("3.0.0", false, null)]
    [InlineData("4.4.0", false, null)]
    [InlineData("5.0.0", false, null)]
    [InlineData("0.909.40003", false, null)]
    public void Profiles_EachVersion_BelongsToAtMostOne(string version, bool measured, string? versions)
    {
        var read = ClientVersion.OfRunning(version)!;

        ClientProfiles.All.Where(profile => profile.Covers(read)).Select(static profile => profile.Versions).Should().BeEquivalentTo(versions is null ? (string[])[] : [versions]);
        (ClientProfiles.Of(read)?.WasMeasured(read) ?? false).Should().Be(measured);
    }

    [Fact]
    public void NewestMeasured_IsNamed() => ClientProfiles.NewestMeasured.Should().Be("4.3.0-beta.2");
}
