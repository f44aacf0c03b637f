namespace Tachyon.Failover.Contracts;

/// <summary>
/// Names the implementation that a class derived from a contract suite runs. <c>ContractCoverageTests</c> refuses an implementation that no class
/// names, so none can skip its suite. Derived classes inherit it.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RunsContractAttribute(Type implementation) : Attribute
{
    public Type Implementation { get; } = implementation;
}
