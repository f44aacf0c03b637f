namespace Tachyon.Failover;

/// <summary>The sides of a pair.</summary>
internal static class NodeSides
{
    public static NodeSide Other(this NodeSide side) => side == NodeSide.Source ? NodeSide.Target : NodeSide.Source;
}
