using FluentAssertions;
using FluentAssertions.Execution;
using Tachyon.Failover.IntegrationTests.Switchovers;
using Tachyon.Failover.Preflight;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Preflight;

/// <summary>Preflights of stand-ins over a real sshd.</summary>
public sealed class PreflightTests(SwitchoverScene scene) : IClassFixture<SwitchoverScene>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>One after the other, since they share two nodes; what was mended is right before the next thing is broken.</summary>
    [Fact]
    public async Task PreflightAsync_WrongInOneWay_IsCaughtWithItsCodeAndARightPairIsNot()
    {
        await using var stage = new PreflightStage(scene);
        using var assertions = new AssertionScope();
        var table = new List<string>();
        foreach (var row in PreflightRows.All.OrderBy(row => row.Code, StringComparer.Ordinal))
        {
            var right = await stage.MendAsync();
            right?.Findings.Where(finding => finding.Severity != PreflightSeverity.Info).Should().BeEmpty("nothing is wrong before '{0}'", row.Setting);
            await row.Arrange(stage);

            var report = await stage.ProbeAsync();

            var found = row.In(report);
            found.Should().NotBeNull("{0} ({1}) must be found in\n{2}", row.Setting, row.Code, report);
            row.StraysIn(report).Should().BeEmpty("of '{0}'", row.Setting);
            if (found is not null)
            {
                var severity = $"{found.Severity.ToString().ToLowerInvariant()}{(found.IsInconclusive ? ", inconclusive" : "")}";
                table.Add(PreflightDocs.Row(row.Code, severity, row.Setting, stage.Anonymous(found.Seen), stage.Anonymous(found.Expected), found.Remedy is null ? null : stage.Anonymous(found.Remedy)));
            }
        }

        stage.Settle();
        (await stage.MendAsync())!.Findings.Where(finding => finding.Severity != PreflightSeverity.Info).Should().BeEmpty("nothing is wrong after the last one");
        PreflightRows.All.Select(row => row.Code).Distinct().Should().BeEquivalentTo(PreflightChecks.Default.Select(check => check.Code), "every check is shown to find something");
        PreflightDocs.ShouldHold(table);
    }

    /// <summary>How long it takes at that distance is shown by the benchmark, <c>preflight</c>.</summary>
    [Fact]
    public async Task PreflightAsync_HundredMillisecondsToTheNodesAndBack_IsClearAndTellsTheDistance()
    {
        await using var far = new FarPair(scene, TimeSpan.FromMilliseconds(100));

        var report = await new FailoverCoordinator(SwitchoverScene.Options).PreflightAsync(far.Pair, Token);

        report.IsClear.Should().BeTrue("{0}", report);
        var told = report.Findings.Should().ContainSingle(finding => finding.Code == "TF123").Which;

        // A busy machine adds to it, and then it may be a warning.
        told.Seen.Should().MatchRegex(@"^[1-9]\d{2,} ms to");
    }

    [Fact]
    public async Task PreflightAsync_AnyNumberOfTimes_ChangesNothingOnTheHosts()
    {
        // The active validator saves a tower with each vote, and both write their logs. Everything else must stay as it is.
        var before = await HostState.TakeAsync(scene, Token);

        for (var i = 0; i < 3; i++)
        {
            (await new FailoverCoordinator(SwitchoverScene.Options).PreflightAsync(scene.Pair, Token)).IsClear.Should().BeTrue();
        }

        var after = await HostState.TakeAsync(scene, Token);
        after.Files.Should().Equal(before.Files);
        after.Identities.Should().Equal(before.Identities);
        after.HaveVoters.Should().Equal(before.HaveVoters).And.Equal(true, true);
    }
}
