namespace Tachyon.Failover.Benchmarks;

/// <summary>The shell that reaches the nodes.</summary>
internal enum ShellKind
{
    /// <summary><see cref="Shells.SshNetShell"/>.</summary>
    Net,

    /// <summary><see cref="Shells.OpenSshShell"/>.</summary>
    OpenSsh,
}
