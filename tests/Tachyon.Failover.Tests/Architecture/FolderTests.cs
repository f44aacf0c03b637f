using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using FluentAssertions;
using Tachyon.Failover.Protocol;
using Xunit;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>Folders depend inward.</summary>
public sealed class FolderTests
{
    private static readonly IReadOnlyDictionary<Type, IReadOnlySet<Type>> References = TypeReferences.Of(typeof(FailoverCoordinator).Assembly);

    [Fact]
    public void EveryPart_OfTheLibrary_KnowsOnlyWhomItMay()
    {
        var strays =
            from type in References.Keys
            let part = Parts.Of(type)
            where part is not null
            from used in References[type]
            where used.Assembly == type.Assembly && Parts.Of(used) is { } other && other != part && !Parts.MayKnow.GetValueOrDefault(part, []).Contains(other)
            select $"{type.Name} ({part}) uses {used.Name} ({Parts.Of(used)})";

        strays.Should().BeEmpty("who may know whom is written down in Parts.cs; put the type where it may, or change the table and say why");
    }

    [Fact]
    public void EveryFolder_OfTheLibrary_IsInTheTable() =>
        References.Keys.Select(Parts.Of).OfType<string>().Should().BeSubsetOf(Parts.MayKnow.Keys, "a new folder says whom it may know");

    [Fact]
    public void SeamsAndTheirValues_Public_DoNotKnowShells()
    {
        var assembly = typeof(FailoverCoordinator).Assembly;
        var seams = assembly.GetExportedTypes().Where(type => type.IsInterface).ToList();
        var strays =
            from type in assembly.GetExportedTypes()
            where Parts.Of(type) is "Hosts" or "Identities" or "Towers" or "Cluster" or "Schedule"
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
        var seams = assembly.GetExportedTypes().Where(type => type.IsInterface && Parts.Of(type) is "Hosts" or "Identities" or "Towers" or "Cluster" or "Schedule" or "Shells").ToList();
        var strays =
            from type in References.Keys
            where Parts.Of(type) is "Protocol" or "Pair" or "Preflight" or "Execution" or "Coordinator"
            from used in References[type]
            where used.IsClass && seams.Exists(seam => seam.IsAssignableFrom(used))
            select $"{type.Name} uses {used.Name}";

        strays.Should().BeEmpty("the coordinator knows the interfaces");
    }

    [Fact]
    public void Protocol_AllOfIt_IsPure()
    {
        string[] spaces = ["System", "System.Collections", "System.Collections.Generic", "System.Collections.Immutable", "System.Diagnostics", "System.Linq", "System.Runtime.CompilerServices", "System.Text"];

        // The compiler uses ImmutableCollectionsMarshal for collection expressions.
        Type[] impure = [typeof(TimeProvider), typeof(DateTime), typeof(DateTimeOffset), typeof(Environment), typeof(Random), typeof(Console), typeof(Guid)];
        var strays =
            from type in References.Keys
            where type.Namespace == typeof(SwitchoverProtocol).Namespace
            from used in References[type]
            where used.Assembly != type.Assembly && used != typeof(ImmutableCollectionsMarshal) && (!spaces.Contains(used.Namespace) || impure.Contains(used))
            select $"{type.Name} uses {used.FullName}";

        strays.Should().BeEmpty("the protocol has no I/O, no clock, no chance and no log");
    }

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
        var strays = Repository.SourceFiles($"src/{project}").Where(file =>
        {
            var declared = Regex.Match(Repository.Read(file), @"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
            return declared.Success && declared.Groups["name"].Value != file["src/".Length..file.LastIndexOf('/')].Replace('/', '.');
        });

        strays.Should().BeEmpty();
    }
}
