using System.Reflection;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Tachyon.Failover.Telemetry;
using Xunit;

namespace Tachyon.Failover.Tests.Telemetry;

/// <summary>What the log says is so at the moment at which it says it.</summary>
public sealed class LogWordsTests
{
    /// <summary>It is told before anything is tried; that it is done is told by 53.</summary>
    [Fact]
    public void W13_GuardDemotes_IsToldAsAnIntention() => WordsOf(nameof(FailoverLog.GuardDemotes)).Should().StartWith("{Node} is being demoted");

    /// <summary>That votes land says nothing of the node that was thought to be the active one.</summary>
    [Fact]
    public void W14_WatchChanged_SpeaksOfTheVotesAndNotOfTheNode() => WordsOf(nameof(FailoverLog.WatchChanged)).Should().StartWith("Votes of {Identity}").And.NotContain("on {Source}");

    private static string WordsOf(string method) => typeof(FailoverLog).GetMethod(method)!.GetCustomAttribute<LoggerMessageAttribute>()!.Message;
}
