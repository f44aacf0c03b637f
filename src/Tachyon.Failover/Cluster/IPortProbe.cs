using System.Net;

namespace Tachyon.Failover.Cluster;

/// <summary>Tries whether a node answers at an address. A port that answers shows that the node runs; a silent port alone shows little.</summary>
/// <remarks>Thread-safe. Changes nothing; every call may be repeated.</remarks>
public interface IPortProbe
{
    /// <summary>Whether the port accepts a connection, within the probe's own time limit. Throws only for cancellation: an obstacle to the try is an answer of its own.</summary>
    /// <param name="port">An address of the node in gossip.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<PortAnswer> TryAsync(IPEndPoint port, CancellationToken cancellationToken = default);
}
