using Tachyon.Failover.Contracts;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Ssh;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Shells;

/// <summary>A real sshd for the tests of one class.</summary>
public sealed class SshdFixture : IAsyncLifetime
{
    private LoopbackSshd? _sshd;

    public TemporaryFolder Folder { get; } = new();

    public LoopbackSshd Sshd => _sshd!;

    /// <summary>The fingerprint of the first host key, which is the one that a client without preferences gets to see.</summary>
    public string Fingerprint { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        // Not a skip: without sshd the shell that people use would go untested, and the run would look fine.
        Assert.True(LoopbackSshd.IsInstalled, LoopbackSshd.InstallationRemedy);
        _sshd = await LoopbackSshd.StartAsync(Folder.File("sshd"), "sshd", new LoopbackSshdOptions { HostKeyTypes = [SshKeyType.Ed25519, SshKeyType.Rsa, SshKeyType.Ecdsa] });
        Fingerprint = await SshKeygen.FingerprintAsync(Sshd.HostKeyFile + ".pub");
    }

    public async ValueTask DisposeAsync()
    {
        if (_sshd is not null)
        {
            await _sshd.DisposeAsync();
        }

        Folder.Dispose();
    }

    public SshNetShellOptions Options => OptionsFor(Sshd);

    public OpenSshShellOptions OpenSshOptions => OpenSshOptionsFor(Sshd);

    public static SshNetShellOptions OptionsFor(LoopbackSshd sshd) => new()
    {
        Host = "127.0.0.1",
        Port = sshd.Port,
        User = sshd.User,
        KeyFile = sshd.ClientKeyFile,
        HostKeys = HostKeyPolicy.KnownHosts(sshd.KnownHostsFile),
    };

    /// <summary>Without the <c>ssh_config</c> of the user who runs the tests.</summary>
    public static OpenSshShellOptions OpenSshOptionsFor(LoopbackSshd sshd) => new()
    {
        Host = "127.0.0.1",
        Port = sshd.Port,
        User = sshd.User,
        IdentityFile = sshd.ClientKeyFile,
        KnownHostsFile = sshd.KnownHostsFile,
        ConfigFile = "/dev/null",
    };
}
