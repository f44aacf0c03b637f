using System.Reflection;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Tachyon.Failover.Telemetry;
using Xunit;

namespace Tachyon.Failover.Tests.Telemetry;

/// <summary>A log line is true at its time.</summary>
public sealed class LogWordsTests
{
    /// <summary>It is logged before the try; 53 logs the result.</summary>
    [Fact]
    public void W13_GuardDemotes_IsToldAsAnIntention() => WordsOf(nameof(FailoverLog.GuardDemotes)).Should().StartWith("{Node} is being demoted");

    /// <summary>Landing votes say nothing of the node that was assumed to be the active one.</summary>
    [Fact]
    public void W14_WatchChanged_SpeaksOfTheVotesAndNotOfTheNode() => WordsOf(nameof(FailoverLog.WatchChanged)).Should().StartWith("Votes of {Identity}").And.NotContain("on {Source}");

    private static string WordsOf(string method) => typeof(FailoverLog).GetMethod(method)!.GetCustomAttribute<LoggerMessageAttribute>()!.Message;
}
