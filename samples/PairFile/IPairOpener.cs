namespace Tachyon.Failover.Pairs;

/// <summary>Makes the nodes of a pair file reachable.</summary>
internal interface IPairOpener
{
    /// <summary>Builds the pair. Connects to nothing yet.</summary>
    OpenPair Open(PairFile file, TimeProvider time);
}
