using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>The rules for every <see cref="IMaintenancePause"/>. Derive one class for each implementation.</summary>
public abstract class MaintenancePauseContract
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    protected abstract IMaintenancePause Pause { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_NothingAnnounced_IsNull() => (await Pause.ReadAsync(Token)).Should().BeNull();

    [Fact]
    public async Task PauseAsync_Announced_IsRead()
    {
        await Pause.PauseAsync(For("kernel update, \"stage 2\"\n漢字"), Token);

        (await Pause.ReadAsync(Token)).Should().BeEquivalentTo(For("kernel update, \"stage 2\"\n漢字"));
    }

    [Fact]
    public async Task PauseAsync_InAnotherTimeZone_IsTheSameMoment()
    {
        await Pause.PauseAsync(For("restart").With(static it => it.Until = Noon.ToOffset(TimeSpan.FromHours(9))), Token);

        (await Pause.ReadAsync(Token))!.Until.Should().Be(Noon);
    }

    [Fact]
    public async Task PauseAsync_Again_TakesThePlaceOfTheOneBefore()
    {
        await Pause.PauseAsync(For("a long reason, longer than the next one"), Token);
        await Pause.PauseAsync(For("short"), Token);

        (await Pause.ReadAsync(Token)).Should().BeEquivalentTo(For("short"));
    }

    [Fact]
    public async Task ReadAsync_Over_IsStillRead()
    {
        await Pause.PauseAsync(For("long ago").With(static it => it.Until = DateTimeOffset.UnixEpoch), Token);

        (await Pause.ReadAsync(Token))!.Reason.Should().Be("long ago", "the reader's clock decides whether it is over");
    }

    [Fact]
    public async Task ResumeAsync_Announced_IsNullAgain()
    {
        await Pause.PauseAsync(For("restart"), Token);
        await Pause.ResumeAsync(Token);

        (await Pause.ReadAsync(Token)).Should().BeNull();
    }

    [Fact]
    public async Task ResumeAsync_NothingAnnouncedOrTwice_IsASuccess()
    {
        await Pause.ResumeAsync(Token);
        await Pause.PauseAsync(For("restart"), Token);
        await Pause.ResumeAsync(Token);
        await Pause.ResumeAsync(Token);
    }

    [Fact]
    public async Task PauseAsync_ManyAtOnce_ReadersSeeOneOfThemWhole()
    {
        var writers = Task.WhenAll(Enumerable.Range(0, 40).Select(number => Pause.PauseAsync(For(new string('x', number * 20) + "."), Token)));
        for (var i = 0; i < 40; i++)
        {
            (await Pause.ReadAsync(Token))?.Reason.Should().EndWith(".");
        }

        await writers;
        (await Pause.ReadAsync(Token))!.Reason.Should().EndWith(".");
    }

    private static MaintenancePause For(string reason) => new() { Until = Noon, Reason = reason };
}
