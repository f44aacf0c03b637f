namespace Tachyon.Failover.Shells;

/// <summary>How a <see cref="NodeShell"/> converses.</summary>
public sealed record NodeShellOptions
{
    /// <summary>The user that everything on the node is done as, by <c>sudo -n -u</c>; null for the login user.</summary>
    public string? RunAs { get; init; }

    /// <summary>
    /// The file on the node whose <c>flock</c> keeps two coordinators apart. An absolute path in a folder that the user may
    /// write; every coordinator of the node must name the same one. It is created, and never deleted; it belongs to the folder's owner, and who may write in the folder may use it.
    /// </summary>
    public required string LockFile { get; init; }

    /// <summary>How long connecting, logging in and starting the shell may take together.</summary>
    /// <value>20 s; 1 s to 5 min.</value>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a conversation that holds the lock, and whose connection was lost, waits for what it had sent before to end on the
    /// node.
    /// </summary>
    /// <value>30 s; 1 s to 5 min. More than any single command may take.</value>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the node keeps the lock for a coordinator that gives no sign of life. Then the node ends the conversation that holds it, and what that is running, so that a coordinator whose
    /// machine is lost, asleep or stopped keeps nobody out. One that wakes up gets the lock back if nobody else has had it since.
    /// </summary>
    /// <value>30 s; 2 s to 10 min. A sign of life is sent every sixth of it.</value>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the end of a conversation is waited for when it is closed.</summary>
    /// <value>5 s; 100 ms to 1 min.</value>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>All that is wrong with these options, a sentence each; empty if nothing is.</summary>
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
