namespace Tachyon.Failover.Decisions;

/// <summary>Why this library must not touch the pair: a client or a consensus that it does not command safely.</summary>
/// <param name="Node">The node; null if it concerns the cluster.</param>
/// <param name="Seen">What was seen, and the evidence, without a full stop.</param>
/// <param name="Expected">What is expected instead, without a full stop.</param>
/// <param name="WayOut">What the operator can do instead, without a full stop.</param>
/// <param name="HasTowers">Whether towers show votes there. They do not on Alpenglow, and Firedancer does not write them.</param>
/// <param name="IsInconclusive">Whether the evidence does not suffice, so that it may also be a cluster that votes by towers.</param>
internal sealed record ClientRefusal(string? Node, string Seen, string Expected, string WayOut, bool HasTowers = false, bool IsInconclusive = false);
