using System.Net;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Monitoring;

/// <summary>Looks whether anything answers at the addresses that gossip has of the node that runs the staked identity.</summary>
internal static class PortsLook
{
    /// <summary>The addresses that gossip has of an identity, by name; empty if no witness knows any.</summary>
    /// <param name="witnesses">Whom.</param>
    /// <param name="identity">Whose addresses.</param>
    /// <param name="cancellationToken">Gives up: whoever has not answered by then has not.</param>
    public static async Task<IReadOnlyDictionary<string, IPEndPoint>> FindAsync(IReadOnlyList<ClusterWitness> witnesses, Pubkey identity, CancellationToken cancellationToken)
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

    /// <summary>Which of the ports answer, by name.</summary>
    public static async Task<IReadOnlyList<string>> OpenAsync(IPortProbe probe, IReadOnlyDictionary<string, IPEndPoint> ports, CancellationToken cancellationToken)
    {
        var tried = await Task.WhenAll(ports.Select(port => TryAsync(probe, port.Key, port.Value, cancellationToken))).ConfigureAwait(false);
        return [.. tried.OfType<string>()];
    }

    private static async Task<string?> TryAsync(IPortProbe probe, string name, IPEndPoint port, CancellationToken cancellationToken)
    {
        try
        {
            return await probe.AnswersAsync(port, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false) ? name : null;
        }
        catch (Exception)
        {
            // Nobody has seen it silent.
            return $"{name}, which could not be tried";
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
