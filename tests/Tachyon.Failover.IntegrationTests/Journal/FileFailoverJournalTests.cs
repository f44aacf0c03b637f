using System.Text;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Journal;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Journal;

/// <summary>The contract of <see cref="IFailoverJournal"/> on a real disk, and what is particular to a file.</summary>
[RunsContract(typeof(FileFailoverJournal))]
public sealed class FileFailoverJournalTests : FailoverJournalContract, IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("journal-");
    private readonly List<IAsyncDisposable> _journals = [];

    private string FilePath => Path.Combine(_folder.FullName, "journal.jsonl");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var journal in _journals)
        {
            await journal.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Append_First_FileForItsOwnerOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var journal = Open();
        File.Exists(FilePath).Should().BeFalse("nothing is opened before the first append");

        await journal.AppendAsync([Line(1)], Cancellation);

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileInfo(FilePath).UnixFileMode.Should().Be(OwnerOnly);
        new FileInfo(FilePath + ".lock").UnixFileMode.Should().Be(OwnerOnly);
    }

    [Fact]
    public async Task Read_AfterReopening_LinesOfBoth()
    {
        var first = Open();
        await first.AppendAsync([Line(1)], Cancellation);
        await first.DisposeAsync();
        var second = Open();
        await second.AppendAsync([Line(2)], Cancellation);

        (await ReadAsync(second)).Should().Equal(Line(1), Line(2));
        (await ReadAsync(Open())).Should().Equal([Line(1), Line(2)], "a reader needs no lock");
    }

    [Fact]
    public async Task Append_AnotherWriterHasIt_RefusedNamingThePath()
    {
        var first = Open();
        await first.AppendAsync([Line(1)], Cancellation);
        var second = Open();

        (await FluentActions.Awaiting(() => second.AppendAsync([Line(2)], Cancellation)).Should().ThrowAsync<IOException>())
            .Which.Message.Should().Contain(FilePath).And.Contain("another coordinator");

        await first.DisposeAsync();
        await second.AppendAsync([Line(3)], Cancellation);
        (await ReadAsync(second)).Should().Equal(Line(1), Line(3));
    }

    [Fact]
    public async Task Append_AfterACutAtAnyByte_TheWholeLinesAndTheNewOne()
    {
        await using (var journal = new FileFailoverJournal(FilePath))
        {
            for (var number = 1; number <= 3; number++)
            {
                await journal.AppendAsync([Line(number)], Cancellation);
            }
        }

        var whole = await File.ReadAllBytesAsync(FilePath, Cancellation);
        for (var length = 0; length <= whole.Length; length++)
        {
            await File.WriteAllBytesAsync(FilePath, whole[..length], Cancellation);
            var kept = Enumerable.Range(1, whole.Take(length).Count(value => value == '\n')).Select(Line).ToArray();
            await using var journal = new FileFailoverJournal(FilePath);

            (await ReadAsync(journal)).Should().Equal(kept, "cut at {0}", length);
            await journal.AppendAsync([Line(4)], Cancellation);
            await journal.AppendAsync([Line(5)], Cancellation);

            (await ReadAsync(journal)).Should().Equal(kept.Concat([Line(4), Line(5)]), "cut at {0}", length);
            var lost = length > 0 && whole[length - 1] != '\n';
            (await File.ReadAllTextAsync(FilePath, Cancellation)).Contains("#torn\n", StringComparison.Ordinal).Should().Be(lost, "cut at {0}", length);
            (await File.ReadAllBytesAsync(FilePath, Cancellation)).Should().StartWith(whole[..length], "nothing is ever removed");
        }
    }

    [Fact]
    public async Task Append_DiskFull_IOException()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is Linux's.");
        File.CreateSymbolicLink(FilePath, "/dev/full");

        await FluentActions.Awaiting(() => Open().AppendAsync([Line(1)], Cancellation)).Should().ThrowAsync<IOException>();
    }

    /// <summary>What a failed append leaves, a part of a line or all of it, is put there by hand.</summary>
    [Theory]
    [InlineData("{\"at\":\"2026-11-")]
    [InlineData("""{"at":"2026-11-23T12:00:00+00:00","runId":"s1","event":"Done","step":"never promised"}""")]
    [InlineData("""{"at":"2026-11-23T12:00:00+00:00","runId":"s1","event":"Done","step":"never promised"}""" + "\n")]
    public async Task Append_AfterOneThatFailed_ItsRestIsLeftOutForGood(string rest)
    {
        var journal = Open();
        await journal.AppendAsync([Line(1)], Cancellation);
        await File.AppendAllTextAsync(FilePath, rest, Cancellation);

        (await ReadAsync(journal)).Should().Equal(Line(1));
        await journal.AppendAsync([Line(2)], Cancellation);

        (await ReadAsync(journal)).Should().Equal(Line(1), Line(2));
        (await ReadAsync(Open())).Should().Equal([Line(1), Line(2)], "another reader has only the bytes to go by");
        (await File.ReadAllTextAsync(FilePath, Cancellation)).Should().Contain(rest.TrimEnd('\n') + " #torn\n");
    }

    [Fact]
    public async Task Append_FileCutBySomebodyElse_IOException()
    {
        var journal = Open();
        await journal.AppendAsync([Line(1)], Cancellation);
        await File.WriteAllTextAsync(FilePath, "", Cancellation);

        (await FluentActions.Awaiting(() => journal.AppendAsync([Line(2)], Cancellation)).Should().ThrowAsync<IOException>())
            .Which.Message.Should().Contain(FilePath);
    }

    [Fact]
    public async Task Append_FolderMissing_IOException()
    {
        var journal = new FileFailoverJournal(Path.Combine(_folder.FullName, "missing", "journal.jsonl"));
        _journals.Add(journal);

        await FluentActions.Awaiting(() => journal.AppendAsync([Line(1)], Cancellation)).Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task Append_PathIsAFolder_IOExceptionNamingIt()
    {
        Directory.CreateDirectory(FilePath);
        var journal = Open();

        (await FluentActions.Awaiting(() => journal.AppendAsync([Line(1)], Cancellation)).Should().ThrowAsync<IOException>())
            .Which.Message.Should().Contain(FilePath);
    }

    [Fact]
    public async Task Read_LineDamaged_IOExceptionNamingPathAndLine()
    {
        var journal = Open();
        await journal.AppendAsync([Line(1)], Cancellation);
        await journal.AppendAsync([Line(2)], Cancellation);
        var bytes = await File.ReadAllBytesAsync(FilePath, Cancellation);
        bytes[3] = 0xFF;
        await File.WriteAllBytesAsync(FilePath, bytes, Cancellation);

        (await FluentActions.Awaiting(() => ReadAsync(journal)).Should().ThrowAsync<IOException>()).Which.Message.Should().StartWith($"Line 1 of the journal {FilePath} is damaged");
    }

    [Theory]
    [InlineData("{\"detail\":\"one\ntwo\"}")]
    [InlineData("{\"detail\":\"\0\"}")]
    [InlineData("{} #torn")]
    public async Task Append_LineThatCouldNotBeReadAgain_RefusedAndNothingKept(string line)
    {
        var journal = Open();

        await FluentActions.Awaiting(() => journal.AppendAsync([Line(1), line], Cancellation)).Should().ThrowAsync<ArgumentException>();

        (await ReadAsync(journal)).Should().BeEmpty();
    }

    [Fact]
    public async Task File_OfLines_IsTheLines()
    {
        await Open().AppendAsync([Line(1), Line(2)], Cancellation);

        (await File.ReadAllTextAsync(FilePath, Encoding.UTF8, Cancellation)).Should().Be($"{Line(1)}\n{Line(2)}\n");
    }

    [Fact]
    public async Task Dispose_Twice_ThenNothingWorks()
    {
        var journal = new FileFailoverJournal(FilePath);
        await journal.AppendAsync([Line(1)], Cancellation);

        await journal.DisposeAsync();
        await journal.DisposeAsync();

        await FluentActions.Awaiting(() => journal.AppendAsync([Line(2)], Cancellation)).Should().ThrowAsync<ObjectDisposedException>();
        await FluentActions.Awaiting(() => ReadAsync(journal)).Should().ThrowAsync<ObjectDisposedException>();
    }

    protected override Task<IFailoverJournal> CreateAsync() => Task.FromResult<IFailoverJournal>(Open());

    private FileFailoverJournal Open()
    {
        var journal = new FileFailoverJournal(FilePath);
        _journals.Add(journal);
        return journal;
    }
}
