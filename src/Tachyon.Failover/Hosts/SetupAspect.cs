namespace Tachyon.Failover.Hosts;

/// <summary>What of a node's set-up is not as it must be. Each aspect is reported by one preflight check.</summary>
public enum SetupAspect
{
    /// <summary>Something that is missing, or that the user may not do: run the program, read a keypair, write a folder, reach <c>admin.rpc</c>, take the lock.</summary>
    Access,

    /// <summary>A tool that the scripts need is missing.</summary>
    Tools,

    /// <summary>Too little space on a disk that is written to.</summary>
    Disk,

    /// <summary>A keypair file is open to others than its owner.</summary>
    KeypairPermissions,
}
