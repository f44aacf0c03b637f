using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using FluentAssertions;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Package;

/// <summary>What is in the packages that people download.</summary>
[Collection(nameof(PackageTests))]
public sealed class PackageContentTests(PackedPackages packages)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string[]> Dependencies => new()
    {
        { PackedPackages.Library, ["BouncyCastle.Cryptography", "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "SSH.NET", "SimpleBase"] },
        { PackedPackages.Testing, ["BouncyCastle.Cryptography", "Tachyon.Failover"] },
    };

    [Theory]
    [MemberData(nameof(Dependencies))]
    public void Dependencies_OfAPackage_AreTheseAndNoOthers(string id, string[] dependencies)
    {
        var groups = Metadata(id).Descendants().Where(element => element.Name.LocalName == "group").ToList();
        groups.Should().ContainSingle().Which.Attribute("targetFramework")!.Value.Should().Be("net10.0");
        groups[0].Elements().Select(element => element.Attribute("id")!.Value).Order(StringComparer.Ordinal).Should().Equal(dependencies);
    }

    [Theory]
    [InlineData(PackedPackages.Library)]
    [InlineData(PackedPackages.Testing)]
    public void Files_OfAPackage_AreReadmeIconAssemblyAndComments(string id)
    {
        var files = Entries(packages.PackageFile(id)).ToList();
        files.Should().Contain(["README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"]);
        files.Should().OnlyContain(
            file => file.StartsWith($"lib/net10.0/{id}.", StringComparison.Ordinal) || file == "README.md" || file == "icon.png" || file == $"{id}.nuspec"
                || file.StartsWith("_rels/", StringComparison.Ordinal) || file.StartsWith("package/", StringComparison.Ordinal) || file == "[Content_Types].xml",
            "nothing else is meant for users");
        XDocument.Parse(ReadText(packages.PackageFile(id), $"lib/net10.0/{id}.xml")).Descendants("member").Should().NotBeEmpty();
    }

    [Theory]
    [InlineData(PackedPackages.Library)]
    [InlineData(PackedPackages.Testing)]
    public void Metadata_OfAPackage_SaysWhatAFeedShows(string id)
    {
        Value(id, "id").Should().Be(id);
        Value(id, "version").Should().Be(packages.Version);
        Value(id, "readme").Should().Be("README.md");
        Value(id, "icon").Should().Be("icon.png");
        Value(id, "license").Should().Be("Apache-2.0");
        Metadata(id).Descendants().Single(element => element.Name.LocalName == "license").Attribute("type")!.Value.Should().Be("expression");
        Value(id, "description").Should().NotBeNullOrWhiteSpace().And.NotBe("Package Description");
        Value(id, "authors").Should().NotBeNullOrWhiteSpace().And.NotBe(id);
        ReadText(packages.PackageFile(id), "README.md").Should().StartWith($"# {id}");
    }

    [Theory]
    [InlineData(PackedPackages.Library)]
    [InlineData(PackedPackages.Testing)]
    public void Symbols_OfAPackage_ArePortableAndBelongToTheAssembly(string id)
    {
        using var assembly = new PEReader(new MemoryStream(ReadBytes(packages.PackageFile(id), $"lib/net10.0/{id}.dll")));
        var debug = assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        debug.IsPortableCodeView.Should().BeTrue();
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(ReadBytes(packages.SymbolsFile(id), $"lib/net10.0/{id}.pdb")));
        new BlobContentId(symbols.GetMetadataReader().DebugMetadataHeader!.Id).Guid.Should().Be(assembly.ReadCodeViewDebugDirectoryData(debug).Guid);
        PathsOf(symbols.GetMetadataReader()).Should().NotBeEmpty().And.OnlyContain(path => path.StartsWith("/_/", StringComparison.Ordinal), "no machine's own paths are published");
    }

    [Theory]
    [InlineData(PackedPackages.Library)]
    [InlineData(PackedPackages.Testing)]
    public void X20_Assembly_OfAPackage_HasNoPathOfTheMachineThatBuiltIt(string id)
    {
        var assembly = ReadBytes(packages.PackageFile(id), $"lib/net10.0/{id}.dll").AsSpan();
        foreach (var encoding in (System.Text.Encoding[])[System.Text.Encoding.UTF8, System.Text.Encoding.Unicode])
        {
            assembly.IndexOf(encoding.GetBytes(Repository.Root)).Should().Be(-1);
        }
    }

    /// <summary>A debugger shows the library's code, with or without the repository.</summary>
    [Theory]
    [InlineData(PackedPackages.Library)]
    [InlineData(PackedPackages.Testing)]
    public void Symbols_OfAPackage_HoldTheSources(string id)
    {
        var embedded = new Guid("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(ReadBytes(packages.SymbolsFile(id), $"lib/net10.0/{id}.pdb")));
        var reader = symbols.GetMetadataReader();

        reader.Documents
            .Where(document => !reader.GetCustomDebugInformation(document).Any(one => reader.GetGuid(reader.GetCustomDebugInformation(one).Kind) == embedded))
            .Select(document => reader.GetString(reader.GetDocument(document).Name))
            .Should().BeEmpty();
    }

    /// <summary>The icon is what feeds show: 128 by 128.</summary>
    [Fact]
    public void Icon_OfAPackage_IsAPictureOfTheRightSize()
    {
        var icon = ReadBytes(packages.PackageFile(PackedPackages.Library), "icon.png");
        icon[..8].Should().Equal(0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10);
        (BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20))).Should().Be((128, 128));
    }

    /// <summary>On request, since it takes a minute of one core: <c>-explicit only</c>.</summary>
    [Fact(Explicit = true)]
    public async Task Assemblies_BuiltTwiceInTwoPlaces_AreTheSameBytes()
    {
        await packages.BuildAgainAsync(PackedPackages.Testing, Token);
        foreach (var id in (string[])[PackedPackages.Library, PackedPackages.Testing])
        {
            var first = await File.ReadAllBytesAsync(packages.Assembly(id), Token);
            var second = await File.ReadAllBytesAsync(packages.AssemblyBuiltAgain(id), Token);
            first.AsSpan().SequenceEqual(second).Should().BeTrue($"{id} must be deterministic");
            first.AsSpan().SequenceEqual(ReadBytes(packages.PackageFile(id), $"lib/net10.0/{id}.dll")).Should().BeTrue("that is what was packed");
        }
    }

    private XDocument Metadata(string id) => XDocument.Parse(ReadText(packages.PackageFile(id), $"{id}.nuspec"));

    private string? Value(string id, string name) => Metadata(id).Descendants().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    private static List<string> PathsOf(MetadataReader symbols) =>
        [.. symbols.Documents.Select(document => symbols.GetString(symbols.GetDocument(document).Name))];

    private static IEnumerable<string> Entries(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    private static string ReadText(string package, string name) => System.Text.Encoding.UTF8.GetString(ReadBytes(package, name)).TrimStart('\uFEFF');

    private static byte[] ReadBytes(string package, string name)
    {
        using var archive = ZipFile.OpenRead(package);
        using var stream = (archive.GetEntry(name) ?? throw new FileNotFoundException($"{package} holds no {name}.")).Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
