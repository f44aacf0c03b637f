using FluentAssertions;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Shells.OpenSsh;
using Xunit;

namespace Tachyon.Failover.Tests.Shells;

public sealed class OpenSshShellOptionsTests
{
    private static readonly OpenSshShellOptions Good = new() { Host = "north" };

    [Fact]
    public void Validate_Defaults_AreGood() => Good.Validate().Should().BeEmpty();

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("my_alias-1")]
    public void Validate_HostsAndAliases_AreGood(string host) => (Good.With(it => it.Host = host)).Validate().Should().BeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("sol@a.example")]
    [InlineData("ssh://a.example")]
    [InlineData("a b")]
    [InlineData("-oProxyCommand=x")]
    [InlineData("a$(id)")]
    public void Validate_HostOfAnotherForm_IsNamed(string host) =>
        (Good.With(it => it.Host = host)).Validate().Should().ContainSingle().Which.Should().StartWith($"Host is '{host}'");

    [Fact]
    public void Validate_EverythingWrong_NamesAllAtOnce()
    {
        var options = new OpenSshShellOptions
        {
            Host = "",
            User = "-x",
            Port = 0,
            IdentityFile = "~/.ssh/id",
            KnownHostsFile = "/a\"b",
            ConfigFile = "/a${HOME}",
            ExtraOptions = ["ProxyJump=bastion", "StrictHostKeyChecking=no"],
            Program = "-x",
            StartTimeout = TimeSpan.Zero,
            KeepAliveInterval = TimeSpan.FromMilliseconds(1500),
            DeadPeerLimit = TimeSpan.FromSeconds(2),
        };
        var errors = options.Validate();
        string[] fields =
        [
            "Host", "User", "Port", "IdentityFile", "KnownHostsFile", "ConfigFile", "ExtraOptions[1]", "Program", "StartTimeout", "KeepAliveInterval", "DeadPeerLimit",
        ];
        errors.Select(error => error[..error.IndexOf(' ', StringComparison.Ordinal)]).Should().Equal(fields);
        var make = () => new OpenSshShell(options);
        make.Should().Throw<InvalidSettingsException>().Which.Errors.Should().Equal(errors);
    }

    /// <summary>ssh pastes both into a ProxyCommand, which a shell reads; releases before 9.6 do not look at them.</summary>
    [Fact]
    public void X18_Validate_EveryCharacterOfAscii_IsTakenOnlyIfItMeansNothingToAShell()
    {
        var ascii = Enumerable.Range(0, 128).Select(static number => (char)number).ToList();

        ascii.Where(letter => Good.With(it => it.User = $"a{letter}b").Validate().Count == 0 && !char.IsAsciiLetterOrDigit(letter)).Should().Equal('+', '-', '.', '@', '\\', '_');
        ascii.Where(letter => Good.With(it => it.Host = $"a{letter}b").Validate().Count == 0 && !char.IsAsciiLetterOrDigit(letter)).Should().Equal('%', '+', ',', '-', '.', ':', '=', '[', ']', '_');
    }

    [Theory]
    [InlineData("ProxyJump=bastion")]
    [InlineData("proxyjump bastion")]
    [InlineData("SetEnv=LC_ALL=C")]
    [InlineData("Compression=yes")]
    [InlineData("IPQoS=af21")]
    public void ExtraOption_ThatIsTheOwners_IsPassedOn(string option) => (Good.With(it => it.ExtraOptions = [option])).Validate().Should().BeEmpty();

    [Theory]
    [InlineData("StrictHostKeyChecking=no", "always checked")]
    [InlineData("stricthostkeychecking accept-new", "always checked")]
    [InlineData("UserKnownHostsFile=/dev/null", "KnownHostsFile")]
    [InlineData("KnownHostsCommand=/bin/echo", "trusted")]
    [InlineData("NoHostAuthenticationForLocalhost=yes", "trusted")]
    [InlineData("HostKeyAlias=north.example", "trusted")]
    [InlineData("SendEnv=*", "passphrases")]
    [InlineData("Tunnel=yes", "leave it out")]
    [InlineData("GatewayPorts=yes", "leave it out")]
    [InlineData("BatchMode=no", "leave it out")]
    [InlineData("ControlMaster=auto", "AllowMultiplexing")]
    [InlineData("Include=/etc/more", "ConfigFile")]
    [InlineData("\"StrictHostKeyChecking\"=no", "ProxyJump=bastion")]
    [InlineData(" StrictHostKeyChecking=no", "ProxyJump=bastion")]
    [InlineData("ProxyJump=", "ProxyJump=bastion")]
    [InlineData("ProxyJump=a\nStrictHostKeyChecking=no", "ProxyJump=bastion")]
    [InlineData("", "ProxyJump=bastion")]
    public void ExtraOption_ThatIsNot_IsRefusedWithTheRemedy(string option, string remedy) =>
        (Good.With(it => it.ExtraOptions = [option])).Validate().Should().ContainSingle().Which.Should().StartWith("ExtraOptions[0] is ").And.Contain(remedy);

    [Theory]
    [InlineData("a.example", null, null, "a.example")]
    [InlineData("a.example", "sol", 22, "sol@a.example:22")]
    [InlineData("fe80::1", null, 2222, "[fe80::1]:2222")]
    public async Task Name_OfAShell_IsWhatWasGiven(string host, string? user, int? port, string name)
    {
        await using var shell = new OpenSshShell(Good.With(it => { it.Host = host; it.User = user; it.Port = port; }));
        shell.Name.Should().Be(name);
    }

    [Fact]
    public void Command_OfARun_BeginsWithWhatNothingMayChange()
    {
        var options = Good.With(static it =>
        {
            it.User = "sol";
            it.Port = 2222;
            it.IdentityFile = "/keys/100%";
            it.KnownHostsFile = "/known hosts";
            it.ConfigFile = "/config";
            it.ExtraOptions = ["ProxyJump=bastion", "IPQoS=af21"];
        });
        var words = new OpenSshCommand(options).Run("/usr/bin/ssh", "exec sh").ArgumentList.ToList();
        words.Should().ContainInConsecutiveOrder("/usr/bin/ssh", "-F", "/config", "-T", "-a", "-x", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes");
        words.Should().ContainInOrder(
            "UserKnownHostsFile=\"/known hosts\"", "GlobalKnownHostsFile=/dev/null", "ServerAliveInterval=2", "ServerAliveCountMax=4", "ControlMaster=no", "ControlPath=none",
            "ProxyJump=bastion", "IPQoS=af21", "IPQoS=none", "-p", "2222", "-l", "sol", "-i", "/keys/100%%", "-o", "IdentitiesOnly=yes", "--", "north", "exec sh");
    }

    [Fact]
    public void Command_OfAForward_NamesThePortAndNoCommand()
    {
        var words = new OpenSshCommand(Good.With(static it => it.AllowMultiplexing = true)).Forward("ssh", "::1", 8899).ArgumentList.ToList();
        words.Should().ContainInConsecutiveOrder("-W", "[::1]:8899", "--", "north");
        words[^1].Should().Be("north");
        words.Should().Contain("ControlMaster=no").And.NotContain("ControlPath=none");
    }
}
