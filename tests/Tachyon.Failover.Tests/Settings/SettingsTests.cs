using FluentAssertions;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.Tests.Settings;

public sealed class SettingsTests
{
    private static readonly ValidatorNodeSettings Good = new()
    {
        Name = "a",
        Ledger = "/mnt/ledger",
        IdentityLink = "/home/sol/identity.json",
        StakedKeypair = "/home/sol/staked-identity.json",
        UnstakedKeypair = "/home/sol/unstaked-identity.json",
    };

    [Fact]
    public void Validate_GuidesPaths_FindsNothing() => Good.Validate().Should().BeEmpty();

    [Fact]
    public void Validate_EverythingWrong_TellsAllAtOnceByFieldValueAndRemedy()
    {
        var errors = (Good.With(static it =>
        {
            it.Name = " ";
            it.Program = "bin/tachyon-validator";
            it.Ledger = "ledger";
            it.TowerFolder = "";
            it.IdentityLink = "/home/sol/x\ny";
            it.StakedKeypair = "/k.json";
            it.UnstakedKeypair = "/k.json";
            it.AuthorizedVoters = [];
            it.RunAs = "-u";
            it.RpcPort = 0;
            it.TimeLimits = new() { SetIdentity = TimeSpan.Zero, Command = TimeSpan.FromHours(1) };
        })).Validate();

        foreach (var field in (string[])["Name", "Program", "Ledger", "TowerFolder", "IdentityLink", "UnstakedKeypair", "AuthorizedVoters", "RunAs", "RpcPort", "TimeLimits.SetIdentity", "TimeLimits.Command"])
        {
            errors.Should().ContainSingle(error => error.StartsWith(field + " ", StringComparison.Ordinal), "{0} is wrong", field);
        }

        errors.Should().HaveCount(11);
    }

    [Fact]
    public void C19_Validate_PartIsNull_IsAnErrorOfTheList()
    {
        (Good.With(static it => it.TimeLimits = null!)).Validate().Should().Equal("TimeLimits is null; leave it out for the defaults.");
        new TakeoverPolicy { Detection = null! }.Validate().Should().Equal("Detection is null; leave it out for the defaults.");
        new MonitorOptions { Rules = null! }.Validate().Should().Equal("Rules is null; leave it out for the defaults.");
    }

    [Fact]
    public void Validate_LinkIsAKeypair_IsRefused() =>
        (Good.With(static it => it.IdentityLink = Good.StakedKeypair)).Validate().Should().ContainSingle().Which.Should().Contain("link that the start script names");

    [Fact]
    public void Options_Defaults_AreValid() => new FailoverOptions().Validate().Should().BeEmpty();

    [Fact]
    public void Options_RelationOfTimersBroken_NamesBoth() =>
        new FailoverOptions { RollbackTimeout = TimeSpan.FromSeconds(10), RetryDelay = TimeSpan.FromSeconds(5) }
            .Validate().Should().ContainSingle().Which.Should().Contain("RetryDelay").And.Contain("RollbackTimeout");

    [Theory]
    [InlineData(130.0, 2, "MinimumIdleAtDemotion", "MinimumIdle")]
    [InlineData(null, 40, "JournalTimeout", "RollbackTimeout")]
    public void Options_RelationBroken_NamesBoth(double? idleAtFence, int journal, string field, string other) =>
        new FailoverOptions
        {
            MinimumIdleAtDemotion = idleAtFence is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            RollbackTimeout = TimeSpan.FromSeconds(60),
            JournalTimeout = TimeSpan.FromSeconds(journal),
        }.Validate().Should().ContainSingle().Which.Should().StartWith($"{field} is ").And.Contain($"{other} (");

    [Fact]
    public void Options_EverythingWrong_TellsAllAtOnce()
    {
        var wrong = TimeSpan.FromDays(2);
        var options = new FailoverOptions
        {
            MinimumIdle = wrong,
            MinimumIdleAtDemotion = wrong,
            OnClosedWindow = (ClosedRestartWindow)7,
            RestartWindowTimeout = wrong,
            MaximumDelinquentStake = double.NaN,
            Slot = wrong,
            Drain = wrong,
            PreflightTimeout = wrong,
            RollbackTimeout = wrong,
            RetryDelay = wrong,
            VerifyTimeout = wrong,
            JournalTimeout = wrong,
            Holder = "",
            Journal = null!,
            Preflight = [],
        };

        var errors = options.Validate();

        // A switch cannot be wrong, and a function is called on demand.
        var properties = typeof(FailoverOptions).GetProperties().Where(property => property.PropertyType != typeof(bool) && property.Name != nameof(FailoverOptions.Reclassify)).ToList();
        properties.Should().NotBeEmpty();
        foreach (var property in properties)
        {
            errors.Should().Contain(error => error.StartsWith($"{property.Name} is ", StringComparison.Ordinal), "{0} is wrong", property.Name);
        }
    }

    [Fact]
    public void Coordinator_WrongOptions_ThrowsWithAllErrors()
    {
        var make = () => new FailoverCoordinator(new FailoverOptions { Drain = TimeSpan.Zero, Slot = TimeSpan.Zero });

        make.Should().Throw<InvalidSettingsException>().Which.Errors.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$(reboot) `x` \"y\" \\ \n;", "'$(reboot) `x` \"y\" \\ \n;'")]
    [InlineData("", "''")]
    [InlineData("-rf", "'-rf'")]
    public void ShellScript_Value_IsQuoted(string value, string quoted) => ShellScript.Create($"{value}").Text.Should().Be(quoted);

    [Fact]
    public void ShellScript_NulInAValue_IsRefused()
    {
        var make = () => ShellScript.Create($"{"a\0b"}");

        make.Should().Throw<ArgumentException>().WithMessage("*NUL*");
    }
}
