namespace Tachyon.Failover.Nodes;

/// <summary>The part of a node's set-up in which a problem was found. Each aspect is reported by one preflight check.</summary>
public enum SetupAspect
{
    /// <summary>Something is missing or forbidden to the user: the program, a keypair, a folder, <c>admin.rpc</c> or the lock.</summary>
    Access,

    /// <summary>A tool that the scripts need is missing.</summary>
    Tools,

    /// <summary>Too little space on a disk to which the failover writes.</summary>
    Disk,

    /// <summary>A keypair file is readable for users other than its owner.</summary>
    KeypairPermissions,
}
