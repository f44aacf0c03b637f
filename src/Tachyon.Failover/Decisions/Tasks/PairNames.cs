namespace Tachyon.Failover.Decisions;

/// <summary>The names of the nodes of a pair, for text.</summary>
/// <param name="Source">The source.</param>
/// <param name="Target">The target.</param>
internal sealed record PairNames(string Source, string Target)
{
    public PairNames Turned => new(Target, Source);

    public string On(NodeSide side) => side == NodeSide.Source ? Source : Target;
}
