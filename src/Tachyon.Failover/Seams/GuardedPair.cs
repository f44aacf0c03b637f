using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Seams;

/// <summary>Wraps each part of a pair once, where it enters the library, so that an exception of an embedder's part cannot destroy a run's result.</summary>
internal static class GuardedPair
{
    /// <summary>The pair with guarded parts. A shared RPC stays shared. A guarded pair is returned unchanged.</summary>
    public static ValidatorPair Guarded(this ValidatorPair pair)
    {
        if (pair.Towers is GuardedTowers)
        {
            return pair;
        }

        var guarded = new Dictionary<IClusterRpc, GuardedRpc>(ReferenceEqualityComparer.Instance);
        return pair with
        {
            Source = Of(pair.Source, Guard),
            Target = Of(pair.Target, Guard),
            Towers = new GuardedTowers(pair.Towers),
            Cluster = Guard(pair.Cluster),
            Witnesses = [.. pair.Witnesses.Select(witness => new Witness { Name = witness.Name, Rpc = Guard(witness.Rpc) })],
            Given = pair,
        };

        GuardedRpc Guard(IClusterRpc rpc) => guarded.TryGetValue(rpc, out var known) ? known : guarded[rpc] = new GuardedRpc(rpc);
    }

    /// <summary>The options with a guarded journal.</summary>
    public static FailoverOptions Guarded(this FailoverOptions options) => options.With(it => it.Journal = options.Journal as GuardedJournal ?? new GuardedJournal(options.Journal));

    private static ValidatorNode Of(ValidatorNode node, Func<IClusterRpc, GuardedRpc> guard) => node with
    {
        Host = new GuardedHost(node.Host),
        Link = new GuardedLink(node.Link),
        Lock = new GuardedLock(node.Lock),
        RestartWindow = node.RestartWindow is { } window ? new GuardedWindow(window) : null,
        Rpc = guard(node.Rpc),
        Process = node.Process is { } process ? new GuardedProcess(process) : null,
        FencingDevice = node.FencingDevice is { } fence ? new GuardedFencingDevice(fence) : null,
        Heartbeat = node.Heartbeat is { } heartbeat ? new GuardedHeartbeat(heartbeat) : null,
        TowerCopies = node.TowerCopies is { } copy ? new GuardedTowerCopies(copy) : null,
    };
}
