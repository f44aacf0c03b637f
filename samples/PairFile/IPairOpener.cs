namespace Tachyon.Failover.Pairs;

/// <summary>Makes the nodes of a pair file reachable.</summary>
internal interface IPairOpener
{
    /// <summary>Puts the pair together; nothing is connected yet.</summary>
    OpenPair Open(PairFile file, TimeProvider time);
}
