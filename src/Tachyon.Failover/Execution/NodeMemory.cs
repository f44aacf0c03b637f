namespace Tachyon.Failover.Execution;

/// <summary>One kind of thing that the journal remembers of single nodes, such as a debt, until it is settled for that node. In doubt whether a node is the one that is meant, it is.</summary>
internal sealed class NodeMemory
{
    private readonly List<Item> _items = [];

    /// <summary>Remembers it of a node.</summary>
    /// <param name="run">By which run.</param>
    /// <param name="node">Of which node.</param>
    /// <param name="beside">The other node of that run, which it is not, whatever either of them is called later.</param>
    public void Add(string run, JournalNode node, JournalNode beside) => _items.Add(new Item(run, node, beside));

    /// <summary>It came to nothing in a run, or its answer came.</summary>
    public void Forget(string run) => _items.RemoveAll(item => item.Run == run);

    /// <summary>It is settled for a node, and for no other. In doubt whether that is the one that is meant, another may be.</summary>
    /// <param name="run">By which run: what that run itself has left is meant in any case.</param>
    /// <param name="node">For which node.</param>
    /// <param name="beside">The other node of that run.</param>
    public void Settle(string run, JournalNode node, JournalNode beside)
    {
        _items.RemoveAll(item => item.Node.IsSurely(node) || (item.Run == run && item.Node == node));
        foreach (var item in _items.Where(item => item.IsOf(node, beside)))
        {
            item.SettledFor.Add(node);
        }
    }

    /// <summary>The newest run by which it is remembered of a node, or may be; null if it is not.</summary>
    /// <param name="node">Which node.</param>
    /// <param name="beside">The other node of the pair.</param>
    public string? RunOf(JournalNode node, JournalNode beside) =>
        (_items.FindLast(item => item.IsOf(node, beside) && item.Node.Is(node)) ?? _items.FindLast(item => item.IsOf(node, beside)))?.Run;

    /// <summary>Whether it is remembered of a node, and this node is not the other one of the newest run by which it is remembered of either node of the pair.</summary>
    public bool WentElsewhere(JournalNode node, JournalNode beside) =>
        RunOf(node, beside) is not null && _items.FindLast(item => item.IsOf(node, beside) || item.IsOf(beside, node))?.IsTheOther(node, beside) == false;

    private sealed record Item(string Run, JournalNode Node, JournalNode Beside)
    {
        /// <summary>Nodes that are settled since: it is not one of them that is left.</summary>
        public List<JournalNode> SettledFor { get; } = [];

        /// <summary>Whether a node is the one, or may be it: one of the two identities is not known, and it is not known to be another one.</summary>
        public bool IsOf(JournalNode node, JournalNode beside) =>
            Node.IsSurely(node)
            || (!Node.IsSurely(beside) && !IsTheOther(node, beside) && (node.Unstaked is null || Node.Unstaked is null) && !SettledFor.Exists(settled => settled.IsSurely(node) || (node.Unstaked is null && settled.Name == node.Name)));

        /// <summary>Whether a node is the other one of that run.</summary>
        public bool IsTheOther(JournalNode node, JournalNode beside) => Beside.IsSurely(node) || (!Beside.IsSurely(beside) && Beside.Is(node));
    }
}
