using System.Reflection;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Ssh;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Architecture;

/// <summary>
/// Every interface for embedders has an abstract suite of its name (<c>IShell</c>: <c>ShellContract</c>). For every
/// implementation of the packages, a class derives from the suite and names the implementation with <see cref="RunsContractAttribute"/>.
/// </summary>
/// <remarks>It is not with the other architecture tests, since only this project sees the tests of both projects.</remarks>
public sealed class ContractCoverageTests
{
    /// <summary>Interfaces that need no suite of their own.</summary>
    private static readonly Dictionary<Type, string> NoSeams = new()
    {
        [typeof(IShellSession)] = "it comes out of an IShell, and ShellContract asks for all of it",
    };

    private static readonly Assembly[] Packages = [typeof(FailoverCoordinator).Assembly, typeof(LoopbackSshd).Assembly];
    private static readonly Type[] TestClasses =
        [.. new[] { typeof(ContractCoverageTests), typeof(PublicSurfaceTests) }.SelectMany(type => type.Assembly.GetTypes()).Where(type => type is { IsClass: true, IsAbstract: false })];

    private static IEnumerable<Type> AllSeams => typeof(FailoverCoordinator).Assembly.GetExportedTypes().Where(type => type.IsInterface && !NoSeams.ContainsKey(type));

    public static TheoryData<Type> Seams => [.. AllSeams.OrderBy(seam => seam.Name, StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Seams), DisableDiscoveryEnumeration = true)]
    public void Implementations_OfASeam_AllRunItsContract(Type seam)
    {
        ContractOf(seam).Should().NotBeNull($"{seam.Name} needs an abstract suite in Tachyon.Failover.Contracts");
        NotRun(seam).Should().BeEmpty("a class derived from {0} must run each of them and say so with [RunsContract(typeof(…))]", ContractOf(seam)!.Name);
    }

    [Fact]
    public void Classes_DerivedFromAContract_SayWhichImplementationTheyRun()
    {
        var strays =
            from test in TestClasses
            let contract = ContractsOf(test).SingleOrDefault()
            where contract is not null
            let implementation = test.GetCustomAttribute<RunsContractAttribute>()?.Implementation
            where implementation is null || !AllSeams.Any(seam => ContractOf(seam) == contract && seam.IsAssignableFrom(implementation))
            select $"{test.Name} runs {contract.Name} on {implementation?.Name ?? "it does not say what"}";

        strays.Should().BeEmpty();
    }

    [Fact]
    public void Contracts_EachOfThem_BelongToASeam() =>
        typeof(RunsContractAttribute).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Contract", StringComparison.Ordinal))
            .Should().OnlyContain(type => type.IsAbstract && AllSeams.Any(seam => ContractOf(seam) == type));

    [Fact]
    public void Seams_OfTheLibrary_AreFound() =>
        AllSeams.Should().Contain([typeof(IShell), typeof(IClusterRpc), typeof(IValidatorHost)]);

    private static Type? ContractOf(Type seam) =>
        typeof(RunsContractAttribute).Assembly.GetTypes().SingleOrDefault(type => type.IsAbstract && type.Name == $"{seam.Name[1..]}Contract");

    private static IEnumerable<Type> ContractsOf(Type test) =>
        test.BaseType is not { } parent ? []
        : parent.Assembly == typeof(RunsContractAttribute).Assembly ? [parent]
        : ContractsOf(parent);

    private static IEnumerable<Type> NotRun(Type seam)
    {
        var run = TestClasses
            .Where(test => ContractsOf(test).Contains(ContractOf(seam)))
            .Select(test => test.GetCustomAttribute<RunsContractAttribute>()?.Implementation)
            .ToHashSet();

        // A guarded part behaves as the part itself. GuardedPartTests tests what the guard adds.
        return Packages.SelectMany(package => package.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.Namespace != "Tachyon.Failover.Seams" && seam.IsAssignableFrom(type) && !run.Contains(type));
    }
}
