using System.Net;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>What every <see cref="IPortProbe"/> keeps to. Derive from it, once for each implementation.</summary>
public abstract class PortProbeContract
{
    protected abstract IPortProbe Probe { get; }

    /// <summary>An address at which something accepts connections.</summary>
    protected abstract IPEndPoint Open { get; }

    /// <summary>An address at which nothing does.</summary>
    protected abstract IPEndPoint Closed { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnswersAsync_Open_IsTrueHoweverOften()
    {
        (await Probe.AnswersAsync(Open, Token)).Should().BeTrue();
        (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Probe.AnswersAsync(Open, Token)))).Should().OnlyContain(answers => answers);
    }

    [Fact]
    public async Task AnswersAsync_Closed_IsFalse() => (await Probe.AnswersAsync(Closed, Token)).Should().BeFalse();

    [Fact]
    public async Task AnswersAsync_Cancelled_Throws() =>
        await FluentActions.Awaiting(() => Probe.AnswersAsync(Open, new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();
}
