using System.Text;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Ssh;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Shells;

/// <summary>Who is believed to be who: host keys and login keys, with a real sshd.</summary>
public sealed class SshNetShellTrustTests : IClassFixture<SshdFixture>, IDisposable
{
    private const string Passphrase = "correct horse 'battery' $staple";

    private readonly TemporaryFolder _folder = new();
    private readonly SshdFixture _fixture;

    public SshNetShellTrustTests(SshdFixture fixture) => _fixture = fixture;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Host => $"[127.0.0.1]:{_fixture.Sshd.Port}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task KnownHosts_EntryWithPort_IsTrusted() => await SucceedsAsync(_fixture.Options);

    [Fact]
    public async Task KnownHosts_EntryWithoutPort_IsTrusted() => await SucceedsAsync(WithKnownHosts($"127.0.0.1 {await PublicKeyAsync(SshKeyType.Ed25519)}\n"));

    [Fact]
    public async Task KnownHosts_HashedEntry_IsTrusted()
    {
        var options = WithKnownHosts(await File.ReadAllTextAsync(_fixture.Sshd.KnownHostsFile, Token));
        await SshKeygen.HashNamesAsync(_folder.File("known_hosts"), Token);
        (await File.ReadAllTextAsync(_folder.File("known_hosts"), Token)).Should().Contain("|1|").And.NotContain("127.0.0.1");
        await SucceedsAsync(options);
    }

    [Theory]
    [InlineData(SshKeyType.Ed25519)]
    [InlineData(SshKeyType.Rsa)]
    [InlineData(SshKeyType.Ecdsa)]
    public async Task KnownHosts_OneOfTheHostsKeyTypes_IsAskedForAndTrusted(SshKeyType type) =>
        await SucceedsAsync(WithKnownHosts($"{Host} {await PublicKeyAsync(type)}\n"));

    [Fact]
    public async Task KnownHosts_NothingOfTheHost_RefusesWithTheLineToAdd()
    {
        var options = WithKnownHosts("elsewhere.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ6XOIFoJGXl5nN0GO5KQEgsRQWXvXMxKcDQxTJGzHEe\n");
        var message = await RefusedAsync(options, ShellFailure.HostKeyRefused);
        var line = $"{Host} {await PublicKeyAsync(SshKeyType.Ed25519)}";
        message.Should().Contain(Host).And.Contain("ssh-ed25519").And.Contain(_fixture.Fingerprint).And.Contain(line).And.Contain(_folder.File("known_hosts"));

        // The remedy of the message works.
        await SucceedsAsync(WithKnownHosts(line + "\n"));
    }

    [Fact]
    public async Task KnownHosts_FileIsMissing_RefusesAsUnknown()
    {
        var message = await RefusedAsync(_fixture.Options.With(it => it.HostKeys = HostKeyPolicy.KnownHosts(_folder.File("none"))), ShellFailure.HostKeyRefused);
        message.Should().Contain("has no line for it").And.Contain(_fixture.Fingerprint);
    }

    [Fact]
    public async Task KnownHosts_AnotherKey_RefusesAsChangedWithFileAndLine()
    {
        var other = await SshKeygen.CreateKeyAsync(_folder.File("other"), SshKeyType.Ed25519, cancellationToken: Token);
        var message = await RefusedAsync(WithKnownHosts($"# a comment\n\n{Host} {other}\n"), ShellFailure.HostKeyRefused);
        message.Should().Contain($"{_folder.File("known_hosts")}:3").And.Contain("has changed").And.Contain(_fixture.Fingerprint)
            .And.Contain(await SshKeygen.FingerprintAsync(_folder.File("other.pub"), Token));
    }

    [Fact]
    public async Task KnownHosts_RevokedKey_RefusesEvenIfAnotherLineTrustsIt()
    {
        var key = await PublicKeyAsync(SshKeyType.Ed25519);
        var message = await RefusedAsync(WithKnownHosts($"{Host} {key}\n@revoked * {key}\n"), ShellFailure.HostKeyRefused);
        message.Should().Contain("revoked").And.Contain($"{_folder.File("known_hosts")}:2");
    }

    [Fact]
    public async Task Fingerprint_Right_IsTrusted() => await SucceedsAsync(_fixture.Options.With(it => it.HostKeys = HostKeyPolicy.Fingerprint(_fixture.Fingerprint)));

    [Fact]
    public async Task Fingerprint_Wrong_RefusesWithBoth()
    {
        await SshKeygen.CreateKeyAsync(_folder.File("other"), SshKeyType.Ed25519, cancellationToken: Token);
        var other = await SshKeygen.FingerprintAsync(_folder.File("other"), Token);
        var message = await RefusedAsync(_fixture.Options.With(it => it.HostKeys = HostKeyPolicy.Fingerprint(other)), ShellFailure.HostKeyRefused);
        message.Should().Contain(other).And.Contain(_fixture.Fingerprint).And.Contain(Host);
    }

    [Theory]
    [InlineData(SshKeyType.Ed25519, false)]
    [InlineData(SshKeyType.Ed25519, true)]
    [InlineData(SshKeyType.Rsa, false)]
    [InlineData(SshKeyType.Rsa, true)]
    [InlineData(SshKeyType.Ecdsa, false)]
    [InlineData(SshKeyType.Ecdsa, true)]
    public async Task KeyFile_OfEveryKind_LogsIn(SshKeyType type, bool isEncrypted)
    {
        var options = await WithNewKeyAsync(type, isEncrypted ? Passphrase : null, isAuthorized: true);
        await SucceedsAsync(options.With(it => it.KeyPassphrase = () => isEncrypted ? Passphrase : throw new InvalidOperationException("asked without need")));
    }

    [Fact]
    public async Task KeyFile_WrongPassphrase_IsUnusableAndTheSecretIsNowhere()
    {
        using var log = new TextLog();
        var options = await WithNewKeyAsync(SshKeyType.Ed25519, Passphrase, isAuthorized: true);
        options = options.With(static it => it.KeyPassphrase = () => "not the " + Passphrase);
        var exception = await FailsAsync(options, ShellFailure.KeyFileUnusable, log);
        exception.Message.Should().Contain(options.KeyFile).And.Contain("passphrase").And.Contain("Remedy");
        (exception + log.Text).Should().NotContain(Passphrase);
    }

    [Fact]
    public async Task KeyFile_NoPassphraseProvided_IsUnusable()
    {
        var options = await WithNewKeyAsync(SshKeyType.Ed25519, Passphrase, isAuthorized: true);
        (await RefusedAsync(options, ShellFailure.KeyFileUnusable)).Should().Contain(options.KeyFile).And.Contain(nameof(SshNetShellOptions.KeyPassphrase));
    }

    [Fact]
    public async Task KeyFile_ProviderThrows_IsUnusableWithoutItsWords()
    {
        var options = await WithNewKeyAsync(SshKeyType.Ed25519, Passphrase, isAuthorized: true);
        options = options.With(static it => it.KeyPassphrase = () => throw new InvalidOperationException("I hold " + Passphrase));
        (await FailsAsync(options, ShellFailure.KeyFileUnusable)).ToString().Should().NotContain(Passphrase);
    }

    [Fact]
    public async Task KeyFile_Missing_IsUnusable()
    {
        var options = _fixture.Options.With(it => it.KeyFile = _folder.File("no-such-key"));
        (await RefusedAsync(options, ShellFailure.KeyFileUnusable)).Should().Contain(options.KeyFile);
    }

    [Fact]
    public async Task KeyFile_IsNoKey_IsUnusable()
    {
        await File.WriteAllTextAsync(_folder.File("key"), "not a key", Token);
        await RefusedAsync(_fixture.Options.With(it => it.KeyFile = _folder.File("key")), ShellFailure.KeyFileUnusable);
    }

    [Fact]
    public async Task KeyFile_NotAuthorized_IsRefusedWithItsFingerprint()
    {
        var options = await WithNewKeyAsync(SshKeyType.Ed25519, null, isAuthorized: false);
        var message = await RefusedAsync(options, ShellFailure.AuthenticationRefused);
        message.Should().Contain(options.KeyFile).And.Contain(await SshKeygen.FingerprintAsync(options.KeyFile, Token)).And.Contain("authorized_keys");
    }

    [Fact]
    public async Task Log_OfASession_HoldsNoKey()
    {
        using var log = new TextLog();
        await SucceedsAsync(_fixture.Options, log);
        log.Text.Should().Contain("Connected to").And.NotContain("PRIVATE KEY");
        foreach (var line in (await File.ReadAllLinesAsync(_fixture.Sshd.ClientKeyFile, Token)).Where(line => line.Length > 30 && line[0] != '-'))
        {
            log.Text.Should().NotContain(line);
        }
    }

    [Fact]
    public async Task StartAsync_NobodyListens_IsUnreachable()
    {
        await using var sshd = await LoopbackSshd.StartAsync(_folder.File("sshd"), cancellationToken: Token);
        await sshd.StopAsync();
        var message = await RefusedAsync(SshdFixture.OptionsFor(sshd), ShellFailure.Unreachable);
        message.Should().Contain($":{sshd.Port}").And.Contain("Remedy");
        await sshd.StartAgainAsync(Token);
        await SucceedsAsync(SshdFixture.OptionsFor(sshd));
    }

    [Fact]
    public async Task Completion_SshdIsKilledWhileAScriptRuns_IsLostAndWorksAgainAfterItsStart()
    {
        await using var sshd = await LoopbackSshd.StartAsync(_folder.File("sshd"), cancellationToken: Token);
        await using var shell = new SshNetShell(SshdFixture.OptionsFor(sshd));
        await using var session = await shell.StartAsync(ShellScript.Create($"echo before; cat"), Token);
        var before = new byte[7];
        await session.StandardOutput.ReadExactlyAsync(before, Token);
        await sshd.StopAsync();
        (await session.Completion.WaitAsync(Patience.Limit, TimeProvider.System, Token)).IsLost.Should().BeTrue();
        await sshd.StartAgainAsync(Token);
        await using var again = await shell.StartAsync(ShellScript.Create($"exit 5"), Token);
        (await again.Completion.WaitAsync(Patience.Limit, TimeProvider.System, Token)).Should().BeEquivalentTo(ShellExit.Exited(5));
    }

    [Fact]
    public async Task StartAsync_MoreSessionsThanTheHostAllows_IsRefusedAndTheOthersLive()
    {
        await using var sshd = await LoopbackSshd.StartAsync(_folder.File("sshd"), options: new LoopbackSshdOptions { MaxSessions = 3 }, cancellationToken: Token);
        await using var shell = new SshNetShell(SshdFixture.OptionsFor(sshd));
        await using var one = await shell.StartAsync(ShellScript.Create($"cat"), Token);
        await using var two = await shell.StartAsync(ShellScript.Create($"cat"), Token);
        Func<Task> three = () => shell.StartAsync(ShellScript.Create($"cat"), Token).WaitAsync(Patience.Limit, TimeProvider.System, Token);
        var thrown = await three.Should().ThrowAsync<ShellException>();
        thrown.Which.Failure.Should().Be(ShellFailure.ChannelRefused);
        thrown.Which.Message.Should().Contain("MaxSessions");
        await one.StandardInput.WriteAsync("alive"u8.ToArray(), Token);
        await one.StandardInput.DisposeAsync();
        (await ReadTextAsync(one.StandardOutput)).Should().Be("alive");
        await one.Completion;
        await using var next = await shell.StartAsync(ShellScript.Create($"exit 6"), Token);
        (await next.Completion).Should().BeEquivalentTo(ShellExit.Exited(6));
    }

    [Fact]
    public async Task StartAsync_LoginRunsNoCommands_IsRefusedWithItsWords()
    {
        await using var sshd = await LoopbackSshd.StartAsync(
            _folder.File("sshd"), options: new LoopbackSshdOptions { ExtraConfiguration = ["ForceCommand echo This account is not available; exit 1"] }, cancellationToken: Token);
        (await RefusedAsync(SshdFixture.OptionsFor(sshd), ShellFailure.ChannelRefused)).Should().Contain("This account is not available");
    }

    [Fact]
    public async Task StartAsync_LoginIsTalkative_OutputIsTheScriptsAlone()
    {
        await using var sshd = await LoopbackSshd.StartAsync(
            _folder.File("sshd"),
            options: new LoopbackSshdOptions { ExtraConfiguration = ["ForceCommand echo Welcome; printf 'no line end'; eval \"$SSH_ORIGINAL_COMMAND\""] },
            cancellationToken: Token);
        await using var shell = new SshNetShell(SshdFixture.OptionsFor(sshd));
        await using var session = await shell.StartAsync(ShellScript.Create($"echo mine"), Token);
        (await ReadTextAsync(session.StandardOutput)).Should().Be("mine\n");
    }

    [Fact]
    public async Task StartAsync_Login_BeginsInTheServersOwnHome()
    {
        await using var shell = new SshNetShell(_fixture.Options);
        await using var session = await shell.StartAsync(ShellScript.Create($"printf '%s %s' \"$HOME\" \"$PWD\""), Token);
        (await ReadTextAsync(session.StandardOutput)).Should().Be($"{_fixture.Sshd.Home} {_fixture.Sshd.Home}");
    }

    private SshNetShellOptions WithKnownHosts(string text)
    {
        var file = _folder.File("known_hosts");
        File.WriteAllText(file, text);
        return _fixture.Options.With(it => it.HostKeys = HostKeyPolicy.KnownHosts(file));
    }

    private async Task<SshNetShellOptions> WithNewKeyAsync(SshKeyType type, string? passphrase, bool isAuthorized)
    {
        var file = _folder.File("key");
        var key = await SshKeygen.CreateKeyAsync(file, type, passphrase, Token);
        if (isAuthorized)
        {
            await File.AppendAllTextAsync(_fixture.Sshd.AuthorizedKeysFile, key + "\n", Token);
        }

        return _fixture.Options.With(it => it.KeyFile = file);
    }

    private async Task<string> PublicKeyAsync(SshKeyType type)
    {
        var index = type switch { SshKeyType.Ed25519 => 0, SshKeyType.Rsa => 1, _ => 2 };
        var words = (await File.ReadAllTextAsync(_fixture.Sshd.HostKeyFiles[index] + ".pub", Token)).Split(' ');
        return $"{words[0]} {words[1]}";
    }

    private static async Task SucceedsAsync(SshNetShellOptions options, ILoggerFactory? log = null)
    {
        await using var shell = new SshNetShell(options, log);
        await using var session = await shell.StartAsync(ShellScript.Create($"echo in"), Token).WaitAsync(Patience.Limit, TimeProvider.System, Token);
        (await ReadTextAsync(session.StandardOutput)).Should().Be("in\n");
    }

    private static async Task<string> RefusedAsync(SshNetShellOptions options, ShellFailure failure) => (await FailsAsync(options, failure)).Message;

    private static async Task<ShellException> FailsAsync(SshNetShellOptions options, ShellFailure failure, ILoggerFactory? log = null)
    {
        await using var shell = new SshNetShell(options, log);
        Func<Task> start = () => shell.StartAsync(ShellScript.Create($"echo in"), Token).WaitAsync(Patience.Limit, TimeProvider.System, Token);
        var thrown = (await start.Should().ThrowAsync<ShellException>()).Which;
        thrown.Failure.Should().Be(failure, thrown.Message);
        thrown.Shell.Should().Be(shell.Name);
        thrown.Message.Should().StartWith(shell.Name).And.Contain("Remedy");
        return thrown;
    }

    private static async Task<string> ReadTextAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Token).WaitAsync(Patience.Limit, TimeProvider.System, Token);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
