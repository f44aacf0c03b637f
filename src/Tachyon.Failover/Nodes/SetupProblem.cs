namespace Tachyon.Failover.Nodes;

/// <summary>A problem in a node's set-up.</summary>
public sealed class SetupProblem
{
    internal const string Access = "TF107";
    internal const string Tools = "TF108";
    internal const string Disk = "TF109";
    internal const string KeypairPermissions = "TF110";

    /// <summary>
    /// The code of the preflight check that reports it. <c>TF107</c>: something is missing or forbidden to the user, such as the program, a keypair, a folder, <c>admin.rpc</c> or the lock.
    /// <c>TF108</c>: a tool that the scripts need is missing. <c>TF109</c>: too little space on a disk to which the failover writes. <c>TF110</c>: a keypair file is readable for users other than its owner.
    /// Any other code is reported as <c>TF107</c>.
    /// </summary>
    public required string Code { get; init; }

    /// <summary>What was seen, with the path.</summary>
    public required string Seen { get; init; }

    /// <summary>What was expected.</summary>
    public required string Expected { get; init; }

    /// <summary>The command or the edit that corrects it.</summary>
    public required string Remedy { get; init; }
}
