namespace Tachyon.Failover.Decisions;

/// <summary>One kind of fact that the journal keeps for single nodes, such as a pending demotion, until it is done. If it is uncertain whether a node is meant, it is.</summary>
internal sealed class NodeMemory
{
    private readonly List<Item> _items = [];

    /// <summary>Adds it for a node.</summary>
    /// <param name="cause">The run that caused it.</param>
    /// <param name="node">The node that it is about.</param>
    /// <param name="beside">The other node of that run. It is never about that one, even if names change later.</param>
    public void Add(Cause cause, JournalNode node, JournalNode beside) => _items.Add(new Item(cause, node, beside));

    /// <summary>Removes it: the run did not do it, or the answer came.</summary>
    public void Forget(Cause cause) => _items.RemoveAll(item => item.Cause == cause);

    /// <summary>Ends it for one node only. If it is uncertain whether that is the node that was meant, another node may still be meant.</summary>
    /// <param name="run">The run that ended it. What this run itself has left is meant in any case.</param>
    /// <param name="node">The node for which it ended.</param>
    /// <param name="beside">The other node of that run.</param>
    public void End(RunId run, JournalNode node, JournalNode beside)
    {
        _items.RemoveAll(item => item.Node.IsSurely(node) || (item.Cause.Run == run && item.Node == node));
        foreach (var item in _items.Where(item => item.IsOf(node, beside)))
        {
            item.EndedFor.Add(node);
        }
    }

    /// <summary>The newest run by which it applies, or may apply, to a node; null if there is none.</summary>
    /// <param name="node">The node.</param>
    /// <param name="beside">The other node of the pair.</param>
    public RunId? RunOf(JournalNode node, JournalNode beside) =>
        (_items.FindLast(item => item.IsOf(node, beside) && item.Node.Is(node)) ?? _items.FindLast(item => item.IsOf(node, beside)))?.Cause.Run;

    /// <summary>Whether it applies to a node, and the node is not the other node of the newest such run in this pair.</summary>
    public bool WentElsewhere(JournalNode node, JournalNode beside) =>
        RunOf(node, beside) is not null && _items.FindLast(item => item.IsOf(node, beside) || item.IsOf(beside, node))?.IsTheOther(node, beside) == false;

    private sealed record Item(Cause Cause, JournalNode Node, JournalNode Beside)
    {
        /// <summary>Nodes for which it ended since. None of them is still meant.</summary>
        public List<JournalNode> EndedFor { get; } = [];

        /// <summary>Whether it is about this node, or may be: one of the two identities is unknown, and nothing shows that they differ.</summary>
        public bool IsOf(JournalNode node, JournalNode beside) =>
            Node.IsSurely(node)
            || (!Node.IsSurely(beside) && !IsTheOther(node, beside) && (node.Unstaked is null || Node.Unstaked is null) && !EndedFor.Exists(ended => ended.IsSurely(node) || (node.Unstaked is null && ended.Name == node.Name)));

        /// <summary>Whether a node is the other one of that run.</summary>
        public bool IsTheOther(JournalNode node, JournalNode beside) => Beside.IsSurely(node) || (!Beside.IsSurely(beside) && Beside.Is(node));
    }
}
