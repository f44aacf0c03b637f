using System.Reflection;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Testing.Ssh;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>The API that users of the packages see.</summary>
public sealed class PublicSurfaceTests
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
    private const int MostMembers = 6;
    private const int MostLines = 1100;
    private const int MostTypes = 120;

    private static readonly Assembly[] Packages = [typeof(FailoverCoordinator).Assembly, typeof(LoopbackSshd).Assembly];

    private static IEnumerable<Type> PublicTypes => Packages.SelectMany(package => package.GetExportedTypes());

    [Fact]
    public void Signatures_OfEveryPublicMember_NameNoThirdParty()
    {
        var strays =
            from type in PublicTypes
            from named in VisibleSignatures(type).SelectMany(TypeReferences.NamedBy)
            where !IsOurs(named)
            select $"{type.FullName} shows {named.FullName}";

        strays.Distinct().Should().BeEmpty("a dependency that shows can never be changed again");
    }

    /// <summary>A reader learns all of it, and a release keeps all of it: a new member is worth an old one. The limits may only get lower.</summary>
    [Fact]
    public void Size_OfTheLibrary_StaysSmallEnoughToLearn()
    {
        var lines = new[] { "Shipped", "Unshipped" }
            .SelectMany(part => Repository.Read($"src/Tachyon.Failover/PublicAPI.{part}.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Count(line => !line.StartsWith('#'));

        lines.Should().BePositive().And.BeLessThanOrEqualTo(MostLines);
        typeof(FailoverCoordinator).Assembly.GetExportedTypes().Should().NotBeEmpty().And.HaveCountLessThanOrEqualTo(MostTypes);
    }

    [Fact]
    public void Classes_Public_CannotBeDerivedFromOutside() =>
        PublicTypes.Where(type => type is { IsClass: true, IsSealed: false } && !(type.IsAbstract && Constructors(type).All(constructor => !IsVisible(constructor))))
            .Should().BeEmpty("public classes are sealed, or abstract without a constructor that others see");

    [Fact]
    public void Interfaces_Public_AreSmall()
    {
        // Docs: docs/decisions/0006. It mirrors the JSON-RPC methods one by one.
        Type[] exceptions = [typeof(IClusterRpc)];
        PublicTypes.Where(type => type.IsInterface && !exceptions.Contains(type) && MembersOf(type) > MostMembers).Should().BeEmpty("it must be quick to write one's own");
        exceptions.Should().OnlyContain(type => MembersOf(type) > MostMembers, "an exception that is none any more goes");
    }

    [Fact]
    public void Values_ThatOverrideEquals_HaveTheOperatorsToo()
    {
        var values = PublicTypes.Where(type => !type.IsEnum && type.GetMethods(Declared).Any(method => method.Name == nameof(Equals) && method.GetBaseDefinition().DeclaringType == typeof(object))).ToList();

        values.Should().Contain([typeof(Pubkey), typeof(TowerFile)]);
        values.Where(type => type.GetMethod("op_Equality", [type, type]) is null || type.GetMethod("op_Inequality", [type, type]) is null)
            .Should().BeEmpty("== would compare references, without a warning");
    }

    [Fact]
    public void Results_Public_AreMadeByTheLibraryAlone()
    {
        Type[] made =
        [
            typeof(FailoverResult), typeof(RecoveryResult), typeof(PairDiagnosis), typeof(NodeDiagnosis), typeof(SwitchoverPlan), typeof(PlannedStep), typeof(StepReport), typeof(OperatorAction),
            typeof(GapReport), typeof(FailoverProgress), typeof(TakeoverEvidence), typeof(MonitorVerdict), typeof(MonitorDetails), typeof(WitnessReading),
            typeof(GuardReport), typeof(PreflightReport), typeof(PairSurvey), typeof(NodeSurvey), typeof(ClusterSurvey),
        ];

        made.Where(type => Constructors(type).Any(IsVisible)).Should().BeEmpty("only the library makes them, so that a member can be added");
        made.SelectMany(type => type.GetProperties(Declared)).Where(property => property.SetMethod is { } set && IsVisible(set)).Should().BeEmpty("nobody can make a result that is half true");
    }

    [Fact]
    public void AsyncMethods_Public_AreNamedSo()
    {
        var strays =
            from type in PublicTypes
            from method in type.GetMethods(Declared)
            where IsVisible(method) && !method.IsSpecialName
            let isAsync = typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType.Name is "ValueTask" or "ValueTask`1" or "IAsyncEnumerable`1"
            where isAsync != method.Name.EndsWith("Async", StringComparison.Ordinal)
            select $"{type.Name}.{method.Name}";

        strays.Should().BeEmpty("the name says whether one must wait");
    }

    private static int MembersOf(Type type) => type.GetMembers(Declared).Count(member => member is not MethodBase { IsSpecialName: true });

    private static bool IsOurs(Type type) =>
        Packages.Contains(type.Assembly)
        || type.Assembly.GetName().Name is { } name && (name.StartsWith("System.", StringComparison.Ordinal)
                || name is "Microsoft.Extensions.Logging.Abstractions" or "Microsoft.Extensions.DependencyInjection.Abstractions" or "Microsoft.Extensions.Configuration.Abstractions");

    private static ConstructorInfo[] Constructors(Type type) => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static IEnumerable<Type> VisibleSignatures(Type type)
    {
        var methods = type.GetMethods(Declared).Cast<MethodBase>().Concat(Constructors(type)).Where(IsVisible).ToList();
        return
        [
            .. type.BaseType is { } parent ? (Type[])[parent] : [],
            .. type.GetInterfaces().Where(seam => seam.IsVisible),
            .. type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly).Select(field => field.FieldType),
            .. methods.SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType),
            .. methods.OfType<MethodInfo>().Select(method => method.ReturnType),
            .. type.GetGenericArguments().Where(argument => argument.IsGenericParameter).SelectMany(argument => argument.GetGenericParameterConstraints()),
        ];
    }
}
