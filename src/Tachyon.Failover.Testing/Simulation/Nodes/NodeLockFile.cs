namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>The lock of a node: held by a shell while it lives, and the file that names the last holder.</summary>
internal sealed class NodeLockFile
{
    private readonly List<Action> _waiting = [];
    private HostShell? _owner;

    /// <summary>The shell that holds it; null if none does.</summary>
    public HostShell? Owner => _owner is { HasEnded: false } ? _owner : null;

    /// <summary>The last holder.</summary>
    public string? Holder { get; private set; }

    public void Take(HostShell shell, string holder)
    {
        _owner = shell;
        Holder = holder;
    }

    /// <summary>Runs an action when the lock is next released.</summary>
    public void WhenFree(Action action) => _waiting.Add(action);

    /// <summary>A shell has ended, or may have.</summary>
    public void OnShellIdle()
    {
        if (Owner is null && _waiting.Count > 0)
        {
            var waiting = _waiting.ToArray();
            _waiting.Clear();
            Array.ForEach(waiting, static action => action());
        }
    }
}
