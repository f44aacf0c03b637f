using System.Net;

namespace Tachyon.Failover.Cluster;

/// <summary>Tries whether anything answers at an address of a node. A port that answers says that the node lives; one that does not says little by itself.</summary>
/// <remarks>Thread-safe. Changes nothing; every call may be repeated.</remarks>
public interface IPortProbe
{
    /// <summary>Whether anything accepts a connection there, within a time limit of the probe's own. Throws nothing but cancellation: what keeps it from trying is an answer of its own.</summary>
    /// <param name="port">An address that the node names in gossip.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PortAnswer> TryAsync(IPEndPoint port, CancellationToken cancellationToken = default);
}
