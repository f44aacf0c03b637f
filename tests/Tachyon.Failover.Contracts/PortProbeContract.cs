using System.Net;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>The rules for every <see cref="IPortProbe"/>. Derive one class for each implementation.</summary>
public abstract class PortProbeContract
{
    protected abstract IPortProbe Probe { get; }

    /// <summary>An address at which something accepts connections.</summary>
    protected abstract IPEndPoint Open { get; }

    /// <summary>An address that accepts no connections.</summary>
    protected abstract IPEndPoint Closed { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Addresses without a route, if the implementation can have them. None by default.</summary>
    protected virtual IReadOnlyList<IPEndPoint> WithoutARoute => [];

    [Fact]
    public async Task TryAsync_Open_IsOpenHoweverOften()
    {
        (await Probe.TryAsync(Open, Token)).Should().BeTrue();
        (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Probe.TryAsync(Open, Token)))).Should().OnlyContain(answer => answer == true);
    }

    [Fact]
    public async Task TryAsync_Closed_IsClosed() => (await Probe.TryAsync(Closed, Token)).Should().BeFalse();

    /// <summary>An exception could mean anything, and "closed" would prove that the node is gone.</summary>
    [Fact]
    public async Task C15_TryAsync_WithoutARoute_CouldNotTryAndDoesNotThrow()
    {
        foreach (var port in WithoutARoute)
        {
            (await Probe.TryAsync(port, Token)).Should().BeNull("{0}", port);
        }
    }

    [Fact]
    public async Task TryAsync_Cancelled_Throws() =>
        await FluentActions.Awaiting(() => Probe.TryAsync(Open, new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();
}
