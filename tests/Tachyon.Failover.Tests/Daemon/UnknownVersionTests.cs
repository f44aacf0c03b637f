using FluentAssertions;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Preflight;
using Xunit;

namespace Tachyon.Failover.Tests.Daemon;

/// <summary>A daemon acts without an operator, who would read the warning.</summary>
public sealed class UnknownVersionTests
{
    [Theory]
    [InlineData(false, "TF130", PreflightSeverity.Warning, PreflightSeverity.Blocker)]
    [InlineData(true, "TF130", PreflightSeverity.Warning, PreflightSeverity.Warning)]
    [InlineData(false, "TF130", PreflightSeverity.Info, PreflightSeverity.Info)]
    [InlineData(false, "TF130", PreflightSeverity.Blocker, PreflightSeverity.Blocker)]
    [InlineData(false, "TF113", PreflightSeverity.Warning, PreflightSeverity.Warning)]
    public void Severity_OfAFinding_IsThatOfAnUnattendedTakeover(bool allowed, string code, PreflightSeverity given, PreflightSeverity expected) =>
        new DaemonSettings { AllowUnknownVersion = allowed }.Severity(new PreflightFinding { Code = code, Severity = given, Seen = "x", Expected = "y" }).Should().Be(expected);
}
