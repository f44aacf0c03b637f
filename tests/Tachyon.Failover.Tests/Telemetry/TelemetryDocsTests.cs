using System.Diagnostics.Metrics;
using System.Reflection;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Tachyon.Failover.Telemetry;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.Tests.Telemetry;

/// <summary>docs/telemetry.md agrees with the code: its tables come from observed runs.</summary>
public sealed class TelemetryDocsTests
{
    private static IEnumerable<FieldInfo> Names => typeof(FailoverTelemetry).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);

    private const string Docs = "docs/telemetry.md";

    [Fact]
    public void Docs_Spans_AreThoseThatAreTold()
    {
        var seen = Watch().Spans.GroupBy(span => span.Name).OrderBy(spans => spans.Key, StringComparer.Ordinal).ToList();
        var names = Names.Where(field => field.Name.EndsWith("Span", StringComparison.Ordinal)).Select(field => (string)field.GetRawConstantValue()!);

        seen.Select(spans => spans.Key).Should().BeEquivalentTo(names, "every name that can be subscribed to is told");
        MadeDocs.ShouldHold(Docs, "spans", Table("| span | tags |", seen.Select(spans => $"| `{spans.Key}` | {Tags(spans.SelectMany(span => span.Tags))} |")));
    }

    [Fact]
    public void Docs_Instruments_AreThoseThatAreMeasured()
    {
        var seen = Watch().Measurements.GroupBy(measured => measured.Instrument.Name).OrderBy(measured => measured.Key, StringComparer.Ordinal).ToList();
        var names = Names
            .Where(field => field.Name.EndsWith("Counter", StringComparison.Ordinal) || field.Name.EndsWith("Histogram", StringComparison.Ordinal) || field.Name.EndsWith("Gauge", StringComparison.Ordinal))
            .Select(field => (string)field.GetRawConstantValue()!);

        seen.Select(measured => measured.Key).Should().BeEquivalentTo(names, "every name that can be subscribed to is measured");
        MadeDocs.ShouldHold(Docs, "instruments", Table(
            "| instrument | kind | unit | what | tags |",
            seen.Select(measured => (measured.First().Instrument, Tags: Tags(measured.SelectMany(one => one.Tags.Keys))))
                .Select(one => $"| `{one.Instrument.Name}` | {Kind(one.Instrument)} | {(one.Instrument.Unit is { } unit ? $"`{unit}`" : "")} | {one.Instrument.Description} | {one.Tags} |")));
    }

    [Fact]
    public void Docs_LogEvents_AreThoseOfTheLog() => MadeDocs.ShouldHold(Docs, "log events", Table(
        "| id | name | level | message |",
        typeof(FailoverLog).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .OrderBy(message => message.EventId)
            .Select(message => $"| {message.EventId} | `{message.EventName}` | {message.Level} | {message.Message} |")));

    [Fact]
    public void Docs_Tags_EachOfThemIsSaid()
    {
        var docs = Repository.Read(Docs);
        Names.Where(field => field.Name.EndsWith("Tag", StringComparison.Ordinal))
            .Select(field => $"| `{field.GetRawConstantValue()}` |")
            .Where(row => !docs.Contains(row, StringComparison.Ordinal))
            .Should().BeEmpty();
    }

    private static (List<(string Name, List<string> Tags)> Spans, List<(Instrument Instrument, double Value, Dictionary<string, object?> Tags)> Measurements) Watch()
    {
        var scene = new WatchedScene().Before(FailoverStep.DeliverTower, static (world, _) => world.B.DiskIsFull = true);
        var second = new WatchedScene();
        var third = new WatchedScene();
        var watched = new WatchedScene();
        using var first = new Listeners(scene);
        using var other = new Listeners(second);
        using var last = new Listeners(third);
        using var beside = new Listeners(watched);
        scene.Switchover();
        third.TakeOver();
        second.Switchover();
        second.Recover();
        second.PreflightReport();
        second.DryRun();
        second.Diagnose();
        watched.Watch(TimeSpan.FromSeconds(5));
        return (
            [.. first.Spans.Concat(other.Spans).Concat(last.Spans).Select(span => (span.OperationName, span.TagObjects.Select(tag => tag.Key).ToList()))],
            [.. first.Measurements, .. other.Measurements, .. last.Measurements, .. beside.Measurements]);
    }

    private static string Table(string heading, IEnumerable<string> rows) =>
        string.Join('\n', rows.Prepend(string.Concat(Enumerable.Repeat("|---", heading.Count(letter => letter == '|') - 1)) + "|").Prepend(heading));

    private static string Tags(IEnumerable<string> tags) => string.Join(", ", tags.Distinct().Select(tag => $"`{tag}`"));

    private static string Kind(Instrument instrument) => instrument.GetType().Name.Split('`')[0];
}
