using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Network;

[RunsContract(typeof(TcpPortProbe))]
public sealed class TcpPortProbeTests : PortProbeContract, IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Socket _bound = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public TcpPortProbeTests()
    {
        _listener.Start(64);

        // Bound without a listener: no other program gets the port, and it refuses connections.
        _bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    protected override IPortProbe Probe => new TcpPortProbe();

    protected override IPEndPoint Open => (IPEndPoint)_listener.LocalEndpoint;

    protected override IPEndPoint Closed => (IPEndPoint)_bound.LocalEndPoint!;

    /// <summary>TCP to all machines at once: no kernel has a way there.</summary>
    protected override IReadOnlyList<IPEndPoint> WithoutARoute => [new(IPAddress.Parse("224.0.0.1"), 8001), new(IPAddress.Parse("ff02::1"), 8001)];

    public void Dispose()
    {
        _listener.Dispose();
        _bound.Dispose();
    }

    [Fact]
    public void Constructor_LimitOutOfBounds_IsRefused() =>
        FluentActions.Invoking(() => new TcpPortProbe(TimeSpan.Zero)).Should().Throw<InvalidSettingsException>().WithMessage("limit is 0 ms*");
}
