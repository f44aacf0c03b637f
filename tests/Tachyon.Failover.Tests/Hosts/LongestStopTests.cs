using FluentAssertions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.Tests.Hosts;

/// <summary>The limit of a stop is the sum of its parts, so that no part is cut off.</summary>
public sealed class LongestStopTests
{
    [Theory]
    [InlineData(0.2, 1, 1)]
    [InlineData(5, 10, 20)]
    [InlineData(120, 120, 300)]
    public async Task C14_LongestStop_EveryPartTakesJustUnderItsOwn_IsLongerThanAllTogether(double command, double stop, double open)
    {
        await using var shell = new LocalShell();
        await using var talk = new NodeShell(shell, new NodeShellOptions { LockFile = "/mnt/ledger/lock", OpenTimeout = TimeSpan.FromSeconds(open) });
        var settings = new ValidatorNodeSettings
        {
            Name = "a",
            Ledger = "/mnt/ledger",
            IdentityLink = "/home/sol/identity.json",
            StakedKeypair = "/home/sol/staked.json",
            UnstakedKeypair = "/home/sol/unstaked.json",
            TimeLimits = new ValidatorTimeLimits { Command = TimeSpan.FromSeconds(command), Stop = TimeSpan.FromSeconds(stop) },
        };
        settings.Validate().Should().BeEmpty();

        // Three sessions: the look; the command with the wait for the end of the killed process; the second look and the program that asks at the socket.
        var parts = TimeSpan.FromSeconds((3 * open) + command + stop + (2 * command));
        new ShellValidatorProcess(talk, settings).LongestStop.Should().BeGreaterThan(parts).And.BeLessThan(TimeSpan.FromHours(1));
    }
}
