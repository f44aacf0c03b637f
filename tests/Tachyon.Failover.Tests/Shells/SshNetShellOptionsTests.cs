using FluentAssertions;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.Tests.Shells;

public sealed class SshNetShellOptionsTests
{
    private static readonly SshNetShellOptions Good = new()
    {
        Host = "a.example",
        User = "sol",
        KeyFile = "/home/me/.ssh/id_ed25519",
        HostKeys = HostKeyPolicy.KnownHosts("/home/me/.ssh/known_hosts"),
    };

    [Fact]
    public void Validate_Defaults_AreGood() => Good.Validate().Should().BeEmpty();

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("fe80::1")]
    [InlineData("host-1.example.")]
    [InlineData("localhost")]
    public void Validate_HostsThatExist_AreGood(string host) => (Good.With(it => it.Host = host)).Validate().Should().BeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("sol@a.example")]
    [InlineData("a.example:22")]
    [InlineData("a b")]
    [InlineData("-oProxyCommand=x")]
    public void Validate_HostOfAnotherForm_IsNamed(string host) =>
        (Good.With(it => it.Host = host)).Validate().Should().ContainSingle().Which.Should().StartWith($"Host is '{host}'");

    [Fact]
    public void Validate_EverythingWrong_NamesAllAtOnce()
    {
        var options = new SshNetShellOptions
        {
            Host = "",
            Port = 0,
            User = "",
            KeyFile = " ",
            HostKeys = null!,
            ConnectTimeout = TimeSpan.Zero,
            StartTimeout = TimeSpan.FromHours(1),
            KeepAliveInterval = TimeSpan.FromMilliseconds(1),
            DeadPeerLimit = TimeSpan.FromMilliseconds(-1),
        };
        var errors = options.Validate();
        string[] fields =
        [
            nameof(options.Host), nameof(options.Port), nameof(options.User), nameof(options.KeyFile), nameof(options.HostKeys), nameof(options.ConnectTimeout),
            nameof(options.StartTimeout), nameof(options.KeepAliveInterval), nameof(options.DeadPeerLimit),
        ];
        errors.Select(error => error[..error.IndexOf(' ', StringComparison.Ordinal)]).Should().Equal(fields);
        var make = () => new SshNetShell(options);
        make.Should().Throw<InvalidSettingsException>().Which.Errors.Should().Equal(errors);
    }

    [Fact]
    public void Validate_LimitBelowTwoIntervals_IsNamed()
    {
        var options = Good.With(static it => { it.KeepAliveInterval = TimeSpan.FromSeconds(3); it.DeadPeerLimit = TimeSpan.FromSeconds(5); });
        options.Validate().Should().ContainSingle().Which.Should().Contain("DeadPeerLimit").And.Contain("6 s");
        (options.With(static it => it.DeadPeerLimit = TimeSpan.FromSeconds(6))).Validate().Should().BeEmpty();
    }

    [Theory]
    [InlineData("a.example", 22, "sol@a.example:22")]
    [InlineData("fe80::1", 2222, "sol@[fe80::1]:2222")]
    public async Task Name_OfAShell_IsUserHostAndPort(string host, int port, string name)
    {
        await using var shell = new SshNetShell(Good.With(it => { it.Host = host; it.Port = port; }));
        shell.Name.Should().Be(name);
    }
}
