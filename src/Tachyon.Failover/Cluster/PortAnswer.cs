namespace Tachyon.Failover.Cluster;

/// <summary>The result of trying a port.</summary>
public enum PortAnswer
{
    /// <summary>It could not be tried: there is no route to that address, or no permission. That shows nothing about the port.</summary>
    CouldNotTry = 0,

    /// <summary>It was tried, and nothing answered within the limit.</summary>
    Closed = 1,

    /// <summary>A program accepted the connection.</summary>
    Open = 2,
}
