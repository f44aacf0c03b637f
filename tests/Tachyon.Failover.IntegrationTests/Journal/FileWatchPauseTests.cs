using FluentAssertions;
using Tachyon.Failover.Contracts;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Journal;

[RunsContract(typeof(FileMaintenancePause))]
public sealed class FileWatchPauseTests : MaintenancePauseContract, IDisposable
{
    private static readonly MaintenancePause Restart = new() { Until = DateTimeOffset.UnixEpoch, Reason = "restart" };
    private readonly TemporaryFolder _folder = new();

    protected override IMaintenancePause Pause => new FileMaintenancePause(_folder.File("pause.json"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PauseAsync_File_IsForItsOwnerOnlyAndNothingIsLeftBeside()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Modes are Unix's.");
            return;
        }

        await Pause.PauseAsync(Restart, Token);
        await Pause.PauseAsync(Restart, Token);

        Directory.GetFiles(_folder.Path).Should().Equal(_folder.File("pause.json"));
        File.GetUnixFileMode(_folder.File("pause.json")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await File.ReadAllTextAsync(_folder.File("pause.json"), Token)).Should().Be("""{"until":"1970-01-01T00:00:00+00:00","reason":"restart"}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"until":"1970-01-01T00:00:00+00:00"}""")]
    [InlineData("""{"until":"1970-01-01T00:00:00+00:00","reason":null}""")]
    [InlineData("""{"until":"tomorrow","reason":"restart"}""")]
    [InlineData("""{"until":"1970-01-01T00:00:00+00:00","rea""")]
    public async Task ReadAsync_Damaged_IsAnErrorThatNamesTheFileAndTheRemedy(string text)
    {
        await File.WriteAllTextAsync(_folder.File("pause.json"), text, Token);

        await FluentActions.Awaiting(() => Pause.ReadAsync(Token)).Should().ThrowAsync<IOException>().WithMessage($"The pause {_folder.File("pause.json")} is damaged: *Announce it again*");
    }

    [Fact]
    public async Task PauseAsync_Damaged_IsReplaced()
    {
        await File.WriteAllTextAsync(_folder.File("pause.json"), "{", Token);
        await Pause.PauseAsync(Restart, Token);

        (await Pause.ReadAsync(Token)).Should().BeEquivalentTo(Restart);
    }

    [Fact]
    public async Task AnyCall_FolderIsMissing_IsAnIoException()
    {
        var pause = new FileMaintenancePause(_folder.File("missing/pause.json"));

        await FluentActions.Awaiting(() => pause.ReadAsync(Token)).Should().ThrowAsync<IOException>("it is unknown whether a pause is announced");
        await FluentActions.Awaiting(() => pause.PauseAsync(Restart, Token)).Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task PauseAsync_WithoutAReason_IsRefused() =>
        await FluentActions.Awaiting(() => Pause.PauseAsync(Restart.With(static it => it.Reason = " "), Token)).Should().ThrowAsync<ArgumentException>().WithMessage("Reason is empty*");
}
