namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>The states of both nodes, from change to change. A claim relies on a probe that is older than the claim. The history shows whether the claim held then.</summary>
internal sealed class StateHistory(SimulatedPair pair)
{
    private readonly List<(DateTimeOffset At, NodeState A, NodeState B)> _states = [];

    /// <summary>Records the present states.</summary>
    public void Note()
    {
        var (at, a, b) = (pair.Cluster.Events.Now, NodeState.Of(pair.A), NodeState.Of(pair.B));
        if (_states is not [.., var last] || last.A != a || last.B != b)
        {
            _states.Add((at, a, b));
        }
    }

    /// <summary>Whether a condition held at any moment since a time.</summary>
    /// <param name="since">The beginning of the time.</param>
    /// <param name="isSo">The condition on both nodes, <see cref="SimulatedPair.A"/> first.</param>
    public bool WasSo(DateTimeOffset since, Func<NodeState, NodeState, bool> isSo)
    {
        for (var i = _states.Count - 1; i >= 0; i--)
        {
            if (isSo(_states[i].A, _states[i].B))
            {
                return true;
            }

            if (_states[i].At <= since)
            {
                return false;
            }
        }

        return false;
    }
}
