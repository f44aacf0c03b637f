using System.Net;

namespace Tachyon.Failover.Cluster;

/// <summary>Tries whether a node answers at an address. A port that answers shows that the node runs; a silent port alone shows little.</summary>
/// <remarks>Thread-safe. Changes nothing; every call may be repeated.</remarks>
public interface IPortProbe
{
    /// <summary>Whether the port accepts a connection, within the probe's own time limit. Throws only for cancellation: an obstacle to the try is an answer of its own.</summary>
    /// <param name="port">An address of the node in gossip.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>True: a program accepted the connection. False: it was tried, and nothing answered. Null: it could not be tried, as without a route to the address; that shows nothing about the port.</returns>
    Task<bool?> TryAsync(IPEndPoint port, CancellationToken cancellationToken = default);
}
