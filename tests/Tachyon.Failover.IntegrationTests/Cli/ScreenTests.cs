using System.Globalization;
using System.Text.RegularExpressions;
using FluentAssertions;
using Tachyon.Failover.Cli;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Switchovers;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Tests.Cli;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Cli;

/// <summary>The screens of <c>docs/cli</c>: the program as an operator uses it, with stand-ins and real sshd.</summary>
public sealed partial class ScreenTests(SwitchoverScene scene) : IClassFixture<SwitchoverScene>, IDisposable
{
    private const int Width = 130;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>One after the other, as a person would: the pair is moved there and back, left in the middle, and mended.</summary>
    [Fact]
    public async Task EveryScreen_OfTheProgram_IsAsRecorded()
    {
        await ShouldShowAsync("status", 0, "", "status");
        await ShouldShowAsync("preflight", 0, "", "preflight");
        await ShouldShowAsync("switchover-plain", 0, "switchover", "switchover", "--no-window");
        await Settle();
        await ShouldShowAsync("switchover-live", 0, null, "switchover", "--no-window", "--yes", "--to", "north");
        await Settle();

        // An operator began a switchover by hand, and did not finish it.
        (await scene.Pair.Source.Link.PointAtAsync(IdentityRole.Unstaked, Token)).IsDone.Should().BeTrue();
        (await scene.Pair.Source.Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, within: null, Token)).IsDone.Should().BeTrue();
        await Settle();
        await ShouldShowAsync("diagnose", 5, "", "diagnose");
        await ShouldShowAsync("recover", 5, "recover", "recover");
        await ShouldShowAsync("status-again", 0, "", "status", record: false);
        await Settle();

        // The login to the active node is gone, and the node still votes.
        var (lost, spare) = (scene.Active, PairFileOfScene.NameOf(scene.Inactive));
        await lost.Sshd.StopAsync();
        lost.Link.Cut();
        await ShouldShowAsync("takeover-refused", 2, spare, "takeover", "--to", spare);
        await lost.Sshd.StartAgainAsync(Token);

        // Now its validator is gone. It took the identity long enough ago: a takeover does not wait for the other clock.
        await Settle(slots: 26);
        await lost.Node.KillAsync();
        await ShouldShowAsync("takeover", 0, spare, "takeover", "--to", spare);
        await lost.Node.RestartAsync(Token);
        await Settle();
        await ShouldShowAsync("complete-demotion", 0, "complete-demotion", "complete-demotion", "--to", spare);
    }

    public void Dispose() => _folder.Dispose();

    // Some slots, so that the chain shows the last change.
    private async Task Settle(ulong slots = 8) => await scene.Cluster.WaitForSlotAsync(await scene.Cluster.GetSlotAsync(Token) + slots, Token);

    private Task ShouldShowAsync(string screen, int code, string? typed, params string[] args) => ShouldShowAsync(screen, code, typed, args, record: true);

    private Task ShouldShowAsync(string screen, int code, string? typed, string arg, bool record) => ShouldShowAsync(screen, code, typed, [arg], record);

    /// <summary>Runs it and compares the screen. On a live terminal nothing is typed, and the last picture counts.</summary>
    private async Task ShouldShowAsync(string screen, int code, string? typed, string[] args, bool record)
    {
        await using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var shared = TextWriter.Synchronized(writer);
        using var interrupts = new Interrupts();
        var pair = PairFileOfScene.Write(scene, _folder.Path);

        var ended = await CommandLineProgram.RunAsync([.. args, "--pair", pair], new Surroundings
        {
            ReadLine = async _ =>
            {
                await shared.WriteLineAsync(typed);
                return typed;
            },
            Out = shared,
            Error = shared,
            IsTerminal = typed is null,
            CanAsk = true,
            Width = Width,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            HomeFolder = _folder.Path,
            Time = TimeProvider.System,
            Interrupts = interrupts,
            Pairs = new PairOpener(),
        });

        var shown = LastPicture(writer.ToString());
        ended.Should().Be(code, "{0}", shown);
        if (record)
        {
            Recording.ShouldHold($"docs/cli/{screen}.txt", string.Create(CultureInfo.InvariantCulture, $"$ tachyon-failover {string.Join(' ', args)}\n{Anonymous(shown)}\n(exit code {code})\n"), exact: false);
        }
    }

    /// <summary>A live view goes back to its first line and draws itself anew: what counts is what is there in the end.</summary>
    private static string LastPicture(string written)
    {
        var back = CursorUp().Matches(written);
        var last = back.Count == 0 ? written : written[(back[^1].Index + back[^1].Length)..];
        return string.Join('\n', Escape().Replace(last, "").ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim('\n');
    }

    /// <summary>Without what only this machine has.</summary>
    private string Anonymous(string text)
    {
        foreach (var node in (SceneNode[])[scene.Active, scene.Inactive])
        {
            var name = PairFileOfScene.NameOf(node);
            text = text
                .Replace(string.Create(CultureInfo.InvariantCulture, $"{node.Login.User}@127.0.0.1:{node.Login.Port}"), $"sol@{name}.my.example", StringComparison.Ordinal)
                .Replace(node.Settings.Program, "tachyon-validator", StringComparison.Ordinal)
                .Replace(node.Settings.Ledger, "/mnt/ledger", StringComparison.Ordinal)
                .Replace(node.Node.Home, "/home/sol", StringComparison.Ordinal);
        }

        return text;
    }

    [GeneratedRegex(@"\e\[\d*A", RegexOptions.None, 1000)]
    private static partial Regex CursorUp();

    [GeneratedRegex(@"\e\[[0-9;?]*[a-zA-Z]|\r(?!\n)", RegexOptions.None, 1000)]
    private static partial Regex Escape();
}
