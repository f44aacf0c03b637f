using System.Diagnostics;
using System.Runtime.Versioning;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Journal;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Security;

/// <summary>Others move, remove and replace the journal and its lock while it is open, or put something there that is no journal.</summary>
[SupportedOSPlatform("linux")]
public sealed class JournalNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FilePath => _folder.File("journal.jsonl");

    public static TheoryData<string, string> Mishaps
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var name in (string[])["journal.jsonl", "journal.jsonl.lock"])
            {
                all.AddRange([(name, "removed"), (name, "moved"), (name, "replaced")]);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Mishaps))]
    public async Task X5_AppendAsync_NameIsNoLongerTheFile_ThrowsAndNothingThatWasAcknowledgedIsCrossedOut(string name, string mishap)
    {
        await using var journal = new FileFailoverJournal(FilePath);
        await journal.AppendAsync(["{\"first\":1}"], Token);
        var (file, aside) = (_folder.File(name), _folder.File("aside"));
        Action act = mishap switch
        {
            "removed" => () => File.Delete(file),
            "moved" => () => File.Move(file, aside),
            _ => () =>
            {
                File.WriteAllText(aside, "");
                File.Move(aside, file, overwrite: true);
            },
        };
        act();

        (await FluentActions.Awaiting(() => journal.AppendAsync(["{\"second\":2}"], Token)).Should().ThrowAsync<IOException>())
            .Which.Message.Should().Contain(file).And.Contain("was moved, removed or replaced by another program");

        await using var second = new FileFailoverJournal(FilePath);
        if (name.EndsWith(".lock", StringComparison.Ordinal))
        {
            await second.AppendAsync(["{\"third\":3}"], Token);
            (await File.ReadAllTextAsync(FilePath, Token)).Should().Contain("first").And.Contain("third").And.NotContain("torn").And.NotContain("second");
        }
        else
        {
            await FluentActions.Awaiting(() => second.AppendAsync(["{\"third\":3}"], Token)).Should().ThrowAsync<IOException>("the first writer still has the lock");
        }
    }

    [Fact]
    public async Task X5_AppendAsync_FileIsPutBack_ContinuesIt()
    {
        await using var journal = new FileFailoverJournal(FilePath);
        await journal.AppendAsync(["{\"first\":1}"], Token);
        File.Move(FilePath, _folder.File("aside"));
        await FluentActions.Awaiting(() => journal.AppendAsync(["{\"second\":2}"], Token)).Should().ThrowAsync<IOException>();
        File.Move(_folder.File("aside"), FilePath);

        await journal.AppendAsync(["{\"third\":3}"], Token);

        (await File.ReadAllTextAsync(FilePath, Token)).Should().Contain("first").And.Contain("third").And.NotContain("second");
    }

    [Theory]
    [InlineData("a pipe", "is no regular file")]
    [InlineData("two gigabytes and more", "MiB, more than 64 MiB")]
    public async Task X16_Journal_IsNoJournal_IsRefusedInASentence(string kind, string words)
    {
        using (var made = Process.Start(kind == "a pipe" ? "mkfifo" : "truncate", kind == "a pipe" ? [FilePath] : ["-s", "3G", FilePath]))
        {
            await made.WaitForExitAsync(Token);
        }

        await using var journal = new FileFailoverJournal(FilePath);

        (await FluentActions.Awaiting(() => journal.AppendAsync(["{}"], Token)).Should().ThrowAsync<IOException>()).Which.Message.Should().Contain(FilePath).And.Contain(words);
        (await FluentActions.Awaiting(async () => await journal.ReadAsync(Token).FirstOrDefaultAsync(Token)).Should().ThrowAsync<IOException>()).Which.Message.Should().Contain(words);
    }

    [Fact]
    public async Task X15_AppendAsync_JournalIsOpenToOthers_IsItsOwnersAloneFromThenOn()
    {
        await File.WriteAllTextAsync(FilePath, "", Token);
        File.SetUnixFileMode(FilePath, (UnixFileMode)0b110_110_110);
        await using var journal = new FileFailoverJournal(FilePath);

        await journal.AppendAsync(["{}"], Token);

        File.GetUnixFileMode(FilePath).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => _folder.Dispose();
}
