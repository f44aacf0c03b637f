namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>The lock of a node: held by a shell as long as that lives, and the file that tells who had it last.</summary>
internal sealed class NodeLockFile
{
    private readonly List<Action> _waiting = [];
    private HostShell? _owner;

    /// <summary>The shell that holds it; null if nobody does.</summary>
    public HostShell? Owner => _owner is { HasEnded: false } ? _owner : null;

    /// <summary>Who took it last.</summary>
    public string? Holder { get; private set; }

    public void Take(HostShell shell, string holder)
    {
        _owner = shell;
        Holder = holder;
    }

    /// <summary>Has something done when the lock is next let go.</summary>
    public void WhenFree(Action action) => _waiting.Add(action);

    /// <summary>A shell has come to an end, or might have.</summary>
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
