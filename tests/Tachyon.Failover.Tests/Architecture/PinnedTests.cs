using System.Reflection;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;
using Xunit;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>
/// Numbers and names that users store: in alerts, in files, in compiled programs. A change here is a breaking change and goes into the
/// changelog; new ones are added.
/// </summary>
public sealed class PinnedTests
{
    private static readonly Assembly Library = typeof(FailoverCoordinator).Assembly;

    [Fact]
    public void LogEvents_AllOfThem_KeepNumberNameAndLevel()
    {
        var events = Library.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .OrderBy(message => message.EventId)
            .Select(message => $"{message.EventId} {message.EventName} {message.Level}");

        events.Should().Equal(Pinned.LogEvents);
    }

    [Fact]
    public void LogEvents_OfTheLibrary_AreInOneClass() =>
        Library.GetTypes()
            .Where(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Any(method => method.IsDefined(typeof(LoggerMessageAttribute))))
            .Should().ContainSingle("the generator writes several in an order of chance (dotnet/runtime#119587), and the build must be deterministic");

    [Fact]
    public void Enums_PublicOrWritten_KeepTheirValues()
    {
        // Steps and events are internal, but their names are in journals, in JSON and in what programs compare.
        var enums = Library.GetTypes()
            .Where(type => type.IsEnum && (type.IsPublic || type == typeof(FailoverStep) || type == typeof(JournalEvent)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => $"{type.FullName}: {string.Join(' ', Enum.GetNames(type).Select(name => $"{name}={Convert.ToInt64(Enum.Parse(type, name))}"))}");

        enums.Should().Equal(Pinned.Enums);
    }

    /// <summary>A value that was never set must not read as success.</summary>
    [Fact]
    public void Enums_Public_ZeroNeverMeansSuccess()
    {
        string[] notSuccess =
        [
            "Unknown", "Indeterminate", "None", "Diverged", "NotGuarding", "Unreachable", "AskOperator", // no knowledge, or a failure
            "Begun", "Switchover", "Preflight", "WaitAgain", "FromNode", "Malformed", "Refused", "Processed", "TakeUnstakedIdentity", "Unstaked", "Source", // a choice, a side or a kind
        ];

        Library.GetExportedTypes().Where(type => type.IsEnum).Select(type => Enum.GetName(type, 0)).OfType<string>().Should().NotBeEmpty().And.BeSubsetOf(notSuccess);
    }

    [Fact]
    public void PreflightChecks_Default_KeepTheirCodes() =>
        PreflightChecks.Default.Select(check => $"{check.Code} {check.GetType().Name}").Order(StringComparer.Ordinal).Should().Equal(Pinned.PreflightCodes);
}
