using FluentAssertions;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.Tests.Shells;

public sealed class HostKeyPolicyTests
{
    [Theory]
    [InlineData("SHA256:6QntnA7lcl/kd87kDCyyCo9s6bJ+Q6bs4scw5ZFiYSQ")]
    [InlineData(" SHA256:6QntnA7lcl/kd87kDCyyCo9s6bJ+Q6bs4scw5ZFiYSQ=\n")]
    public void Fingerprint_OfSshKeygen_IsTaken(string fingerprint) =>
        HostKeyPolicy.Fingerprint(fingerprint).ToString().Should().Be("pinned SHA256:6QntnA7lcl/kd87kDCyyCo9s6bJ+Q6bs4scw5ZFiYSQ");

    [Theory]
    [InlineData("")]
    [InlineData("SHA256:")]
    [InlineData("SHA256:*")]
    [InlineData("6QntnA7lcl/kd87kDCyyCo9s6bJ+Q6bs4scw5ZFiYSQ")]
    [InlineData("SHA256:6QntnA7lcl/kd87kDCyyCo9s6bJ+Q6bs4scw5ZFiYS")]
    [InlineData("SHA256:6QntnA7lcl/kd87kDCyyCo9s6bJ+Q6bs4scw5ZFiYSQA")]
    [InlineData("sha256:6QntnA7lcl/kd87kDCyyCo9s6bJ+Q6bs4scw5ZFiYSQ")]
    [InlineData("MD5:aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99")]
    public void Fingerprint_OfAnotherForm_IsRefused(string fingerprint)
    {
        var make = () => HostKeyPolicy.Fingerprint(fingerprint);
        make.Should().Throw<FormatException>().WithMessage("*ssh-keygen -lf*");
    }

    [Fact]
    public void KnownHosts_WithoutAPath_IsRefused()
    {
        var make = () => HostKeyPolicy.KnownHosts(" ");
        make.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void HostKeyPolicy_CannotBeDerivedFromOutside() =>
        typeof(HostKeyPolicy).GetConstructors(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)
            .Should().OnlyContain(constructor => constructor.IsFamilyAndAssembly);
}
