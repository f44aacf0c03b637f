using System.Net;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Decisions;

namespace Tachyon.Failover;

/// <summary>Checks whether the gossip addresses of the staked identity's node answer.</summary>
internal static class PortsProbe
{
    /// <summary>The gossip addresses of an identity, by name; empty if no witness knows any.</summary>
    /// <param name="witnesses">The witnesses to ask.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="cancellationToken">Cancels the reading. Witnesses that have not answered count as silent.</param>
    public static async Task<IReadOnlyDictionary<string, IPEndPoint>> FindAsync(IReadOnlyList<Witness> witnesses, Pubkey identity, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(witnesses.Select(witness => AskAsync(witness.Rpc, identity, cancellationToken))).ConfigureAwait(false);
        var ports = new SortedDictionary<string, IPEndPoint>(StringComparer.Ordinal);
        foreach (var node in answers.OfType<ClusterNode>())
        {
            foreach (var (name, port) in ((string, IPEndPoint?)[])[("gossip", node.Gossip), ("RPC", node.Rpc), ("votes", node.TpuVote)])
            {
                if (port is not null)
                {
                    ports.TryAdd($"{name} {port}", port);
                }
            }
        }

        return ports;
    }

    /// <summary>Tries the ports. A probe that throws, or exceeds its time, counts as not tried.</summary>
    public static async Task<PortSights> TryAsync(IPortProbe probe, IReadOnlyDictionary<string, IPEndPoint> ports, CancellationToken cancellationToken)
    {
        var tried = await Task.WhenAll(ports.Select(async port => (port.Key, Answer: await TryAsync(probe, port.Value, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        return new PortSights(Those(true), Those(null));

        IReadOnlyList<string> Those(bool? answer) => [.. tried.Where(port => port.Answer == answer).Select(static port => port.Key)];
    }

    private static async Task<bool?> TryAsync(IPortProbe probe, IPEndPoint port, CancellationToken cancellationToken)
    {
        try
        {
            return await probe.TryAsync(port, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // An embedder's probe may throw anything.
            return null;
        }
    }

    private static async Task<ClusterNode?> AskAsync(IClusterRpc rpc, Pubkey identity, CancellationToken cancellationToken)
    {
        try
        {
            var nodes = await rpc.GetClusterNodesAsync(cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            return nodes.FirstOrDefault(node => node.Identity.Equals(identity));
        }
        catch (Exception)
        {
            return null;
        }
    }
}
