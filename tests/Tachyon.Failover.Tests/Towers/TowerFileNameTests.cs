using FluentAssertions;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Towers;

public sealed class TowerFileNameTests
{
    private const string Name = "tower-1_9-AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq.bin";

    [Theory]
    [MemberData(nameof(GoldenTowers.Names), MemberType = typeof(GoldenTowers))]
    public void ToString_IdentityOfGolden_IsItsName(string name) =>
        name.Should().EndWith(new TowerFileName(GoldenTowers.Load(name).Node).ToString());

    [Fact]
    public void TryParse_Name_GivesIdentity()
    {
        TowerFileName.TryParse(Name, out var name).Should().BeTrue();

        name.Should().Be(new TowerFileName(GoldenTowers.Identity(Name)));
        name!.ToString().Should().Be(Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tower-1_9-.bin")]
    [InlineData("tower-1_9.bin")]
    [InlineData(Name + ".new")]
    [InlineData(" " + Name)]
    [InlineData("/ledger/" + Name)]
    [InlineData("tower-AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq.bin")]
    [InlineData("TOWER-1_9-AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq.bin")]
    [InlineData("tower-1_9-0ykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq.bin")]
    public void TryParse_AnotherName_IsFalse(string? text)
    {
        TowerFileName.TryParse(text, out var name).Should().BeFalse();
        name.Should().BeNull();
    }
}
