using FluentAssertions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>.NET searches the current folder first for a program without a path: a user who can write there would decide what runs, as the validator's user or as root.</summary>
public sealed class ProgramTests
{
    /// <summary>Only these places start processes, so that each can be reviewed: the path was looked up, or the caller gave it.</summary>
    private static readonly string[] Places =
    [
        "src/Tachyon.Failover.Testing/Guide/GuideScript.cs: shell[0]",
        "src/Tachyon.Failover.Testing/Ssh/LoopbackSshd.cs: _program",
        "src/Tachyon.Failover.Testing/Ssh/ProcessTree.cs: \"/bin/ps\"",
        "src/Tachyon.Failover.Testing/Ssh/SshKeygen.cs: program",
        "src/Tachyon.Failover.Testing/StandIns/Launching/ChildProcess.cs: command[0]",
        "src/Tachyon.Failover/Shells/LocalShell.cs: Programs.Find(\"sh\") ?? throw NotStarted(\"there is none\")",
        "src/Tachyon.Failover/Shells/OpenSsh/OpenSshCommand.cs: launch[0]",
    ];

    [Fact]
    public void C2_EveryStartOfAProcess_NamesNoBareProgram()
    {
        var starts = Repository.SourceFiles("src").SelectMany(file => StartsIn(file).Select(program => $"{file}: {program}")).ToArray();

        starts.Should().BeEquivalentTo(Places);
    }

    [Fact]
    public void C2_Find_ProgramOfTheCurrentFolder_IsNotFound()
    {
        const string name = "tachyon-no-such-program";
        var before = Environment.GetEnvironmentVariable("PATH");
        var file = Path.Combine(Environment.CurrentDirectory, name);
        File.WriteAllText(file, "");
        try
        {
            Environment.SetEnvironmentVariable("PATH", $".{Path.PathSeparator}{Path.PathSeparator}{before}");
            Programs.Find(name).Should().BeNull();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", before);
            File.Delete(file);
        }
    }

    [Fact]
    public void C2_Find_Sh_IsTheSystems()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has none of its own.");
        Programs.Find("sh").Should().Be("/bin/sh");
    }

    private static IEnumerable<string> StartsIn(string file)
    {
        var root = CSharpSyntaxTree.ParseText(Repository.Read(file)).GetRoot();
        var made = root.DescendantNodes().OfType<ObjectCreationExpressionSyntax>().Where(static creation => creation.Type.ToString() == "ProcessStartInfo")
            .Select(static creation => creation.ArgumentList?.Arguments.FirstOrDefault()?.ToString() ?? "nothing");
        var named = root.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(static call => call.Expression.ToString() is "Process.Start" && call.ArgumentList.Arguments[0].Expression is LiteralExpressionSyntax)
            .Select(static call => call.ArgumentList.Arguments[0].ToString());
        return made.Concat(named);
    }
}
