namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>What both nodes were, from change to change. A claim is about the look that it was made from, which is always older than the claim: whether it was so then shows here.</summary>
internal sealed class StateHistory(SimulatedPair pair)
{
    private readonly List<(DateTimeOffset At, NodeState A, NodeState B)> _states = [];

    /// <summary>Notes what they are now.</summary>
    public void Note()
    {
        var (at, a, b) = (pair.Cluster.Events.Now, NodeState.Of(pair.A), NodeState.Of(pair.B));
        if (_states is not [.., var last] || last.A != a || last.B != b)
        {
            _states.Add((at, a, b));
        }
    }

    /// <summary>Whether something was so at any moment since then.</summary>
    /// <param name="since">From when on.</param>
    /// <param name="isSo">Told of both nodes, <see cref="SimulatedPair.A"/> first.</param>
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
