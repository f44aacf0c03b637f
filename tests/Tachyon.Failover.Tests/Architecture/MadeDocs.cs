using FluentAssertions;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>Parts of documents that tests write. People write the text around them.</summary>
internal static class MadeDocs
{
    public const string Switch = "TACHYON_WRITE_DOCS";

    /// <summary>Compares a part with the document, or writes it there if the environment variable is set.</summary>
    public static void ShouldHold(string file, string part, string content)
    {
        var (begins, ends) = ($"<!-- {part}, made by tests -->\n", $"\n<!-- end of {part} -->");
        var document = Repository.Read(file).ReplaceLineEndings("\n");
        var begin = document.IndexOf(begins, StringComparison.Ordinal);
        begin.Should().BePositive("{0} has a part {1}", file, part);
        begin += begins.Length;
        var end = document.IndexOf(ends, begin - 1, StringComparison.Ordinal);
        var made = content.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, file), $"{document[..begin]}{made}{document[end..]}");
            return;
        }

        document[begin..end].Should().Be(made, "{0} shows what the code does. If it is to do something else, write it anew: {1}=1 dotnet run --project tests/Tachyon.Failover.Tests", file, Switch);
    }
}
