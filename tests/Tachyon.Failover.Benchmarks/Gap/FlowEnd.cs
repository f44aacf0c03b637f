namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>How a way ended, as it says itself.</summary>
/// <param name="Completed">Whether the identity was moved.</param>
/// <param name="Result">The library's result; null for another way.</param>
internal sealed record FlowEnd(bool Completed, FailoverResult? Result = null);
