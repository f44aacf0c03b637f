namespace Tachyon.Failover.Shells;

/// <summary>How a script ended, apart from what it printed.</summary>
public sealed class ShellExit
{
    private ShellExit()
    {
    }

    /// <summary>The exit status, 0 to 255; null when a signal ended the script or the connection was lost.</summary>
    public int? Status { get; private init; }

    /// <summary>The name of the signal that ended the script, without <c>SIG</c> (<c>KILL</c>, <c>TERM</c>); null otherwise.</summary>
    public string? Signal { get; private init; }

    /// <summary>Why the end of the script is unknown; null when it is known.</summary>
    public string? LostReason { get; private init; }

    /// <summary>Whether the connection was lost. The script may have ended, may still be running, or may never have been read.</summary>
    public bool IsLost => LostReason is not null;

    /// <summary>The script ended with this status.</summary>
    public static ShellExit Exited(int status) => new() { Status = status };

    /// <summary>A signal ended the script.</summary>
    public static ShellExit Signaled(string signal) => new() { Signal = signal };

    /// <summary>The connection was lost before the script was known to have ended.</summary>
    public static ShellExit Lost(string reason) => new() { LostReason = reason };

    /// <inheritdoc/>
    public override string ToString() =>
        IsLost ? $"lost: {LostReason}" : Signal is not null ? $"ended by SIG{Signal}" : $"exit status {Status}";
}
