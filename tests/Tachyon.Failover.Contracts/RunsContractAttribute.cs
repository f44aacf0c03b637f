namespace Tachyon.Failover.Contracts;

/// <summary>
/// Says which implementation a class derived from a contract suite runs. <c>ContractCoverageTests</c> refuses an implementation that no class
/// names, so none can skip its suite. A class that is derived further hands it on.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RunsContractAttribute(Type implementation) : Attribute
{
    public Type Implementation { get; } = implementation;
}
