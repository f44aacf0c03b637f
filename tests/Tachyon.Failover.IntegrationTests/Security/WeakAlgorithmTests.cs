using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Ssh;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Security;

/// <summary>Servers that offer nothing but what <c>ssh</c> would refuse.</summary>
public sealed class WeakAlgorithmTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("KexAlgorithms diffie-hellman-group1-sha1")]
    [InlineData("KexAlgorithms diffie-hellman-group14-sha1")]
    [InlineData("KexAlgorithms diffie-hellman-group-exchange-sha1")]
    [InlineData("Ciphers 3des-cbc")]
    [InlineData("Ciphers aes128-cbc")]
    [InlineData("Ciphers aes192-cbc")]
    [InlineData("Ciphers aes256-cbc")]
    [InlineData("MACs hmac-md5", "Ciphers aes128-ctr")]
    [InlineData("MACs hmac-md5-96", "Ciphers aes128-ctr")]
    [InlineData("MACs hmac-sha1-96", "Ciphers aes128-ctr")]
    [InlineData("HostKeyAlgorithms ssh-rsa")]
    public async Task X9_StartAsync_ServerOffersOnlyWhatIsWeak_IsRefused(params string[] offers)
    {
        await using var sshd = await LoopbackSshd.StartAsync(
            _folder.File("sshd"), "sshd", new LoopbackSshdOptions { HostKeyTypes = [SshKeyType.Rsa], ExtraConfiguration = offers }, Token);
        await using var shell = new SshNetShell(SshdFixture.OptionsFor(sshd));

        var start = () => shell.StartAsync(ShellScript.Create($"echo in"), Token);

        var thrown = (await start.Should().ThrowAsync<ShellException>()).Which;
        thrown.Failure.Should().Be(ShellFailure.Unreachable);
        thrown.Message.Should().Contain("Remedy");
    }
}
