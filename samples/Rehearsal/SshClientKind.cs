namespace Tachyon.Failover.Rehearsal;

/// <summary>The SSH client that the coordinator uses.</summary>
internal enum SshClientKind
{
    /// <summary>The library itself.</summary>
    Net,

    /// <summary>This machine's <c>ssh</c>.</summary>
    OpenSsh,
}
