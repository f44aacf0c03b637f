using System.Net;
using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>Connects to the ports of simulated nodes. A stopped process accepts, by its kernel. Without a process the port refuses. A machine that is off does not answer.</summary>
internal sealed class SimulatedPortProbe(SimulatedCoordinator owner, IReadOnlyList<SimulatedNode> nodes) : IPortProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public async Task<bool?> TryAsync(IPEndPoint port, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var node = nodes.FirstOrDefault(one => one.Gossip.Address.Equals(port.Address));
        if (node is null || !node.IsUp || owner.WireTo(node).IsPartitioned)
        {
            await owner.LaterAsync(Limit, static () => true).WaitAsync(cancellationToken).ConfigureAwait(false);
            return false;
        }

        return await owner.LaterAsync(owner.WireTo(node).OneWay * 2, () => node.Process is not null).WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
