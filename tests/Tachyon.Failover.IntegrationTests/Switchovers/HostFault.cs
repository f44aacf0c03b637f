namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>What goes wrong with a step.</summary>
public enum HostFault
{
    /// <summary>The connection is cut when the command has arrived and not begun; it is never done.</summary>
    CutBefore,

    /// <summary>The host says no.</summary>
    Refused,

    /// <summary>The command is done, and the connection is cut before its answer is sent.</summary>
    AnswerLost,

    /// <summary>The command is done, and the host's sshd and all of its sessions are killed; it comes back some seconds later.</summary>
    SshdKilled,
}
