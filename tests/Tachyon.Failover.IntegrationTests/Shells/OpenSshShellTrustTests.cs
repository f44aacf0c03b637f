using System.Net;
using System.Net.Sockets;
using System.Text;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Ssh;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Shells;

/// <summary>Why there is no session, as the machine's own <c>ssh</c> tells it; and what its owner's <c>ssh_config</c> does.</summary>
public sealed class OpenSshShellTrustTests(SshdFixture fixture) : IClassFixture<SshdFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private OpenSshShellOptions Options => fixture.OpenSshOptions;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task KnownHosts_NothingOfTheHost_RefusesAsUnknown()
    {
        var file = await WriteAsync("known_hosts", "");
        var message = await RefusedAsync(Options.With(it => it.KnownHostsFile = file), ShellFailure.HostKeyRefused);
        message.Should().Contain("unknown").And.Contain($"[127.0.0.1]:{fixture.Sshd.Port}").And.Contain(file);
    }

    [Fact]
    public async Task KnownHosts_AnotherKey_RefusesAsChangedWithFileLineAndFingerprint()
    {
        var other = await SshKeygen.CreateKeyAsync(_folder.File("other"), SshKeyType.Ed25519, cancellationToken: Token);
        var file = await WriteAsync("known_hosts", $"# a comment\n\n[127.0.0.1]:{fixture.Sshd.Port} {other}\n");
        var message = await RefusedAsync(Options.With(it => it.KnownHostsFile = file), ShellFailure.HostKeyRefused);
        message.Should().Contain("has changed").And.Contain($"{file}:3").And.Contain(fixture.Fingerprint);
    }

    [Fact]
    public async Task KnownHosts_RevokedKey_Refuses()
    {
        var known = await File.ReadAllTextAsync(fixture.Sshd.KnownHostsFile, Token);
        var revoked = string.Concat(known.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"@revoked {line}\n"));
        var file = await WriteAsync("known_hosts", revoked + known);
        (await RefusedAsync(Options.With(it => it.KnownHostsFile = file), ShellFailure.HostKeyRefused)).Should().Contain("revoked");
    }

    [Fact]
    public async Task Configuration_TrustsWhoeverAnswers_IsNotHeeded()
    {
        var config = await WriteAsync("config", $"StrictHostKeyChecking no\nNoHostAuthenticationForLocalhost yes\nUserKnownHostsFile {_folder.File("none")}\n");
        await RefusedAsync(Options.With(it => { it.ConfigFile = config; it.KnownHostsFile = null; }), ShellFailure.HostKeyRefused);
        File.Exists(_folder.File("none")).Should().BeFalse("nothing is learned on the way either");
    }

    [Fact]
    public async Task IdentityFile_NotAuthorized_IsRefusedWithItsName()
    {
        await SshKeygen.CreateKeyAsync(_folder.File("key"), SshKeyType.Ed25519, cancellationToken: Token);
        (await RefusedAsync(Options.With(it => it.IdentityFile = _folder.File("key")), ShellFailure.AuthenticationRefused)).Should().Contain(_folder.File("key")).And.Contain("authorized_keys");
    }

    [Fact]
    public async Task IdentityFile_HasAPassphrase_IsRefusedAndNobodyIsAsked()
    {
        var key = await SshKeygen.CreateKeyAsync(_folder.File("key"), SshKeyType.Ed25519, "a passphrase", Token);
        await File.AppendAllTextAsync(fixture.Sshd.AuthorizedKeysFile, key + "\n", Token);
        (await RefusedAsync(Options.With(it => it.IdentityFile = _folder.File("key")), ShellFailure.AuthenticationRefused)).Should().Contain("agent");
    }

    [Fact]
    public async Task IdentityFile_Missing_IsUnusable() =>
        (await RefusedAsync(Options.With(it => it.IdentityFile = _folder.File("no-such-key")), ShellFailure.KeyFileUnusable)).Should().Contain(_folder.File("no-such-key"));

    [Fact]
    public async Task Program_Missing_IsUnusable() =>
        (await RefusedAsync(Options.With(static it => it.Program = "no-such-ssh"), ShellFailure.ProgramUnusable)).Should().Contain("no-such-ssh").And.Contain("openssh-client");

    [Theory]
    [InlineData("NoSuchKeyword yes\n")]
    [InlineData("ServerAliveInterval\n")]
    public async Task Configuration_DoesNotParse_IsUnusableAndNamed(string config)
    {
        var file = await WriteAsync("config", config);
        (await RefusedAsync(Options.With(it => it.ConfigFile = file), ShellFailure.ProgramUnusable)).Should().Contain(file);
    }

    [Fact]
    public async Task Configuration_FileIsMissing_IsUnusable() =>
        (await RefusedAsync(Options.With(it => it.ConfigFile = _folder.File("none")), ShellFailure.ProgramUnusable)).Should().Contain(_folder.File("none"));

    [Fact]
    public async Task StartAsync_NobodyListens_IsUnreachable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        (await RefusedAsync(Options.With(it => it.Port = port), ShellFailure.Unreachable)).Should().Contain("refused");
    }

    [Fact]
    public async Task StartAsync_NameDoesNotExist_IsUnreachable() =>
        (await RefusedAsync(Options.With(static it => it.Host = "no-such-host.invalid"), ShellFailure.Unreachable)).Should().Contain("no-such-host.invalid");

    [Fact]
    public async Task StartAsync_ServerIsSilent_IsUnreachableWithinTheLimit()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = Options.With(it => { it.Port = ((IPEndPoint)listener.LocalEndpoint).Port; it.StartTimeout = TimeSpan.FromMilliseconds(300); });
        (await RefusedAsync(options, ShellFailure.Unreachable)).Should().Contain("0.3 s");
    }

    [Fact]
    public async Task StartAsync_LoginRunsNoCommands_IsRefusedWithItsWords()
    {
        await using var sshd = await LoopbackSshd.StartAsync(
            _folder.File("sshd"), options: new LoopbackSshdOptions { ExtraConfiguration = ["ForceCommand echo This account is not available; exit 1"] }, cancellationToken: Token);
        (await RefusedAsync(SshdFixture.OpenSshOptionsFor(sshd), ShellFailure.ChannelRefused)).Should().Contain("This account is not available");
    }

    [Fact]
    public async Task StartAsync_LoginIsTalkative_OutputsAreTheScriptsAlone()
    {
        await using var sshd = await LoopbackSshd.StartAsync(
            _folder.File("sshd"),
            options: new LoopbackSshdOptions { ExtraConfiguration = ["ForceCommand echo Welcome; printf 'no line end'; echo to you >&2; eval \"$SSH_ORIGINAL_COMMAND\""] },
            cancellationToken: Token);
        await using var shell = new OpenSshShell(SshdFixture.OpenSshOptionsFor(sshd));
        await using var session = await shell.StartAsync(ShellScript.Create($"echo mine; echo too >&2"), Token);
        (await ReadTextAsync(session.StandardOutput)).Should().Be("mine\n");
        (await ReadTextAsync(session.StandardError)).Should().Be("too\n");
    }

    [Fact]
    public async Task Configuration_HostBehindAJumpHost_IsReached()
    {
        await using var jump = await LoopbackSshd.StartAsync(_folder.File("jump"), cancellationToken: Token);
        var config = await WriteAsync("config", HostBlock("jump", jump) + HostBlock("north", fixture.Sshd) + "  ProxyJump jump\n");
        await using var shell = new OpenSshShell(new OpenSshShellOptions { Host = "north", ConfigFile = config });
        shell.Name.Should().Be("north");
        (await RunAsync(shell)).Should().Be("in\n");
        jump.Log.Should().Contain("Accepted publickey");

        await jump.StopAsync();
        (await RefusedAsync(new OpenSshShellOptions { Host = "north", ConfigFile = config }, ShellFailure.Unreachable)).Should().Contain("refused");
    }

    [Fact]
    public async Task AllowMultiplexing_OwnerSharesAConnection_ItIsUsedOnlyIfAllowed()
    {
        await using var sshd = await LoopbackSshd.StartAsync(_folder.File("sshd"), cancellationToken: Token);
        var config = await WriteAsync("config", HostBlock("north", sshd) + $"  ControlMaster auto\n  ControlPath {_folder.File("control")}\n  ControlPersist 60\n");
        var options = new OpenSshShellOptions { Host = "north", ConfigFile = config };
        await using var apart = new OpenSshShell(options);
        await using var shared = new OpenSshShell(options.With(static it => it.AllowMultiplexing = true));
        (await RunAsync(shared)).Should().Be("in\n");
        File.Exists(_folder.File("control")).Should().BeFalse("nothing is opened for others");
        await HereAsync(ShellScript.Create($"ssh -F {config} -fN north </dev/null >/dev/null 2>&1"));
        try
        {
            (await RunAsync(apart)).Should().Be("in\n");
            Logins(sshd).Should().Be(3);
            (await RunAsync(shared)).Should().Be("in\n");
            await using (var stream = await shared.ConnectAsync("127.0.0.1", sshd.Port, Token).WaitAsync(Patience.Limit, TimeProvider.System, Token))
            {
                var banner = new byte[4];
                await stream.ReadExactlyAsync(banner, Token);
                banner.Should().Equal("SSH-"u8.ToArray());
            }

            Logins(sshd).Should().Be(3, "the owner's is shared");
            await shared.DisposeAsync();
            File.Exists(_folder.File("control")).Should().BeTrue("the connection is its owner's");
        }
        finally
        {
            await HereAsync(ShellScript.Create($"ssh -F {config} -O exit north"));
        }
    }

    private static async Task HereAsync(ShellScript script)
    {
        await using var here = new LocalShell();
        await using var session = await here.StartAsync(script, Token);
        (await session.Completion.WaitAsync(Patience.Limit, TimeProvider.System, Token)).Should().BeEquivalentTo(ShellExit.Exited(0));
    }

    private static int Logins(LoopbackSshd sshd) => sshd.Log.Split("Accepted publickey").Length - 1;

    private static string HostBlock(string name, LoopbackSshd sshd) =>
        $"Host {name}\n  HostName 127.0.0.1\n  Port {sshd.Port}\n  User {sshd.User}\n  IdentityFile {sshd.ClientKeyFile}\n  IdentitiesOnly yes\n  UserKnownHostsFile {sshd.KnownHostsFile}\n";

    private async Task<string> WriteAsync(string name, string text)
    {
        await File.WriteAllTextAsync(_folder.File(name), text, Token);
        return _folder.File(name);
    }

    private static async Task<string> RunAsync(OpenSshShell shell)
    {
        await using var session = await shell.StartAsync(ShellScript.Create($"echo in"), Token).WaitAsync(Patience.Limit, TimeProvider.System, Token);
        var output = await ReadTextAsync(session.StandardOutput);
        (await session.Completion.WaitAsync(Patience.Limit, TimeProvider.System, Token)).Should().BeEquivalentTo(ShellExit.Exited(0));
        return output;
    }

    private static async Task<string> RefusedAsync(OpenSshShellOptions options, ShellFailure failure)
    {
        await using var shell = new OpenSshShell(options);
        Func<Task> start = () => shell.StartAsync(ShellScript.Create($"echo in"), Token).WaitAsync(Patience.Limit, TimeProvider.System, Token);
        var thrown = (await start.Should().ThrowAsync<ShellException>()).Which;
        thrown.Failure.Should().Be(failure, thrown.Message);
        thrown.Shell.Should().Be(shell.Name);
        thrown.Message.Should().StartWith(shell.Name).And.Contain("Remedy");
        return thrown.Message;
    }

    private static async Task<string> ReadTextAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Token).WaitAsync(Patience.Limit, TimeProvider.System, Token);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
