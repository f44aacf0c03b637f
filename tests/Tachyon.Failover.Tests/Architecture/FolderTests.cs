using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>The folders draw the architecture: each uses only folders above it.</summary>
public sealed class FolderTests
{
    private static readonly IReadOnlyDictionary<Type, IReadOnlySet<Type>> References = TypeReferences.Of(typeof(FailoverCoordinator).Assembly);

    [Fact]
    public void EveryPart_OfTheLibrary_UsesOnlyWhatItMay()
    {
        var mayUse = Parts.Order.ToDictionary(static one => one.Part, static one => one.MayUse);
        var strays =
            from type in References.Keys
            let part = Parts.Of(type)
            where part is not null
            from used in References[type]
            where used.Assembly == type.Assembly && Parts.Of(used) is { } other && other != part && !mayUse.GetValueOrDefault(part, []).Contains(other)
            select $"{part} uses {Parts.Of(used)}: {type.Name} uses {used.Name}";

        strays.Order(StringComparer.Ordinal).Should().BeEmpty("Parts.cs says who may use whom: move the type, or change the table and say why");
    }

    [Fact]
    public void Order_OfTheParts_HasNoCycle()
    {
        var above = new HashSet<string>(StringComparer.Ordinal);
        Parts.Order.Should().NotBeEmpty();
        foreach (var (part, mayUse) in Parts.Order)
        {
            mayUse.Should().BeSubsetOf(above, "{0} is below what it uses", part);
            above.Add(part);
        }
    }

    [Fact]
    public void EveryFolder_OfTheLibrary_IsInTheTable() =>
        References.Keys.Select(Parts.Of).OfType<string>().Distinct().Should().BeEquivalentTo(Parts.Order.Select(static one => one.Part), "a folder that is gone, or new, changes the table");

    [Fact]
    public void SeamsAndTheirValues_Public_DoNotKnowShells()
    {
        var assembly = typeof(FailoverCoordinator).Assembly;
        var seams = assembly.GetExportedTypes().Where(type => type.IsInterface).ToList();
        var strays =
            from type in assembly.GetExportedTypes()
            where Parts.Of(type) is "Nodes" or "Cluster" or "RestartWindows"
            where !type.IsClass || !seams.Exists(seam => seam.IsAssignableFrom(type))
            from used in References[type]
            where Parts.Of(used) == "Shells"
            select $"{type.Name} uses {used.Name}";

        strays.Should().BeEmpty("an embedder must be able to replace an implementation without shells");
    }

    [Fact]
    public void Inside_OfASwitchover_KnowsNoImplementation()
    {
        var assembly = typeof(FailoverCoordinator).Assembly;
        var seams = assembly.GetExportedTypes().Where(type => type.IsInterface && Parts.Of(type) is "Nodes" or "Cluster" or "RestartWindows" or "Shells").ToList();
        var strays =
            from type in References.Keys
            where type != typeof(ShellValidatorPair) && Parts.Of(type) is "Decisions" or "Pair" or "Preflight" or "Runs" or "Entry points"
            from used in References[type]
            where used.IsClass && seams.Exists(seam => seam.IsAssignableFrom(used))
            select $"{type.Name} uses {used.Name}";

        strays.Should().BeEmpty("the coordinator knows the interfaces");
    }

    [Fact]
    public void Decisions_AllOfThem_ArePure()
    {
        string[] spaces = ["System", "System.Collections", "System.Collections.Generic", "System.Collections.Immutable", "System.Diagnostics", "System.Linq", "System.Runtime.CompilerServices", "System.Text"];

        // The compiler uses ImmutableCollectionsMarshal for collection expressions.
        Type[] impure = [typeof(TimeProvider), typeof(DateTime), typeof(DateTimeOffset), typeof(Random), typeof(Console), typeof(Guid)];
        var strays =
            from type in References.Keys
            where type.Namespace == typeof(SwitchoverProtocol).Namespace
            from used in References[type]
            where used.Assembly != type.Assembly && used != typeof(ImmutableCollectionsMarshal) && (!spaces.Contains(used.Namespace) || impure.Contains(used))
            select $"{type.Name} uses {used.FullName}";

        strays.Should().BeEmpty("decisions have no I/O, no clock, no chance and no log");

        // The compiler's iterators use Environment, so the source is asked.
        Repository.SourceFiles("src/Tachyon.Failover/Decisions").Where(static file => Repository.Read(file).Contains("Environment.", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void Steps_OutsideTheTableTheDecisionsAndTheirClasses_AreNotNamed() =>
        Repository.SourceFiles("src/Tachyon.Failover")
            .Where(static file => !file.StartsWith("src/Tachyon.Failover/Decisions/", StringComparison.Ordinal) && !file.StartsWith("src/Tachyon.Failover/Runs/Steps/", StringComparison.Ordinal))
            .Where(static file => Regex.IsMatch(Repository.Read(file), @"\bFailoverStep\.[A-Z]", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Should().BeEmpty("what is said about a step is in Decisions/Steps/StepTable.cs, so that a new step is one row and one class");

    [Fact]
    public void SshNet_Outside_Shells_IsNotNamed()
    {
        var users = References.Where(pair => pair.Value.Any(used => used.Namespace?.StartsWith("Renci.", StringComparison.Ordinal) == true)).Select(pair => pair.Key);
        users.Should().NotBeEmpty().And.OnlyContain(type => Parts.Of(type) == "Shells");
        Repository.SourceFiles("src").Where(file => !file.StartsWith("src/Tachyon.Failover/Shells/", StringComparison.Ordinal) && Repository.Read(file).Contains("Renci.", StringComparison.Ordinal))
            .Should().BeEmpty();
    }

    [Fact]
    public void Console_InTheLibrary_IsNotUsed() =>
        References.Where(pair => pair.Value.Contains(typeof(Console))).Should().BeEmpty("a library leaves the console to its program");

    [Theory]
    [InlineData("Tachyon.Failover")]
    [InlineData("Tachyon.Failover.Testing")]
    public void Namespace_OfEveryFile_IsItsFolder(string project)
    {
        var strays =
            from file in Repository.SourceFiles($"src/{project}")
            let declared = Regex.Match(Repository.Read(file), @"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            where declared.Success && declared.Groups["name"].Value != NamespaceOf(project, file)
            select file;

        strays.Should().BeEmpty();
    }

    // Programs find extension methods of a container without a using of ours. The library's subfolders have no namespace of their own: Decisions/Takeover is in Decisions.
    private static string NamespaceOf(string project, string file)
    {
        var folders = file.Split('/')[2..^1];
        return file.EndsWith($"/{nameof(FailoverServiceCollectionExtensions)}.cs", StringComparison.Ordinal) ? "Microsoft.Extensions.DependencyInjection"
            : project != "Tachyon.Failover" ? string.Join('.', folders.Prepend(project))
            : folders is [] || Parts.InTheRootNamespace.Contains(folders[0]) ? project
            : folders is ["Cluster" or "Shells", _] ? string.Join('.', folders.Prepend(project))
            : $"{project}.{folders[0]}";
    }
}
