namespace Tachyon.Failover.Shells;

/// <summary>How a <see cref="NodeShell"/> opens and holds its conversation.</summary>
internal sealed record NodeShellOptions
{
    /// <summary>The user for everything on the node, by <c>sudo -n -u</c>; null for the login user.</summary>
    public string? RunAs { get; init; }

    /// <summary>
    /// The file on the node whose <c>flock</c> excludes a second coordinator. An absolute path in a folder that the user may
    /// write; every coordinator of the node must name the same one. It is created, and never deleted. It belongs to the folder's owner, and every user who may write in the folder may use it.
    /// </summary>
    public required string LockFile { get; init; }

    /// <summary>How long connecting, logging in and starting the shell may take together.</summary>
    /// <value>20 s; 1 s to 5 min.</value>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// After a lost connection: how long a conversation that takes the lock again waits for its earlier script to end on the node.
    /// </summary>
    /// <value>30 s; 1 s to 5 min. More than any single command may take.</value>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the node keeps the lock without a heartbeat from the coordinator. Then the node ends the conversation that holds it, with its running script.
    /// So a coordinator whose machine is lost, suspended or stopped blocks no other. When it resumes, it gets the lock back if no other coordinator has held it since.
    /// </summary>
    /// <value>30 s; 2 s to 10 min. A heartbeat is sent every sixth of it.</value>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long closing waits for the end of a conversation.</summary>
    /// <value>5 s; 100 ms to 1 min.</value>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>All errors in these options, a sentence each; empty if there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new SettingErrors();
        errors.CheckUserName(nameof(RunAs), RunAs);
        errors.CheckPosixPath(nameof(LockFile), LockFile);
        errors.CheckRange(nameof(OpenTimeout), OpenTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        errors.CheckRange(nameof(LockTimeout), LockTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        errors.CheckRange(nameof(Lease), Lease, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10));
        errors.CheckRange(nameof(CloseTimeout), CloseTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        return errors.All;
    }
}
