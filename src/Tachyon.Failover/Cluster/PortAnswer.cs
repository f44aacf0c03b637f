namespace Tachyon.Failover.Cluster;

/// <summary>What came of trying a port.</summary>
public enum PortAnswer
{
    /// <summary>It could not be tried from here: there is no way to that address, or no leave to go it. That says nothing of the port.</summary>
    CouldNotTry = 0,

    /// <summary>It was tried, and nothing answered within the limit.</summary>
    Closed = 1,

    /// <summary>Something accepted the connection.</summary>
    Open = 2,
}
