namespace Tachyon.Failover.Rehearsal;

/// <summary>What speaks SSH for the coordinator.</summary>
internal enum SshClientKind
{
    /// <summary>The library itself.</summary>
    Net,

    /// <summary>This machine's <c>ssh</c>.</summary>
    OpenSsh,
}
