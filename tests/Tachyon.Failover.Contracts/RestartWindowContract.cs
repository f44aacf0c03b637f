using System.Collections.Concurrent;
using FluentAssertions;
using Tachyon.Failover.RestartWindows;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>
/// The rules for every <see cref="IRestartWindow"/>. Derive one class for each implementation. The validator leads no slot in the next ten minutes, and its leader slots of the
/// next epoch are unknown.
/// </summary>
public abstract class RestartWindowContract
{
    /// <summary>Longer than any possible window.</summary>
    protected static TimeSpan Impossible { get; } = TimeSpan.FromDays(30);

    protected abstract IRestartWindow Window { get; }

    /// <summary>The window of a validator that cannot be reached.</summary>
    protected abstract IRestartWindow UnreachableWindow { get; }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The number of waits that run at the validator, read without the window; 0 if the implementation runs nothing there.</summary>
    protected abstract int Waits { get; }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    public async Task WaitAsync_NoLeaderSlotForSoLong_IsDoneAndTellsWhatItSaw(int seconds)
    {
        var notes = new Notes();

        var result = await Window.WaitAsync(For(TimeSpan.FromSeconds(seconds)), notes, Token).WaitAsync(Patience.Limit, TimeProvider.System, Token);

        result.IsDone.Should().BeTrue("{0}", result);
        result.Value!.Idle.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(seconds));
        notes.Lines.Should().NotBeEmpty();
    }

    [Fact]
    public async Task WaitAsync_Repeated_IsDoneEachTime()
    {
        (await Window.WaitAsync(For(TimeSpan.Zero), notes: null, Token)).IsDone.Should().BeTrue();
        (await Window.WaitAsync(For(TimeSpan.Zero), notes: null, Token)).IsDone.Should().BeTrue();
    }

    [Fact]
    public async Task WaitAsync_NoWindow_GoesOnUntilTheCallerGivesUpAndLeavesNothingBehind()
    {
        var notes = new Notes();
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = Window.WaitAsync(For(Impossible), notes, caller.Token);
        await notes.First.WaitAsync(Patience.Limit, TimeProvider.System, Token);
        waiting.IsCompleted.Should().BeFalse();

        await caller.CancelAsync();

        (await waiting.WaitAsync(Patience.Limit, TimeProvider.System, Token))
            .Should().Match<CallResult<OpenRestartWindow>>(result => result.Call.Outcome == CallOutcome.NotDone && result.Call.Failure == CallFailure.Canceled);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task WaitAsync_SeveralAtOnce_DoNotDisturbEachOther()
    {
        var notes = new Notes();
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = Window.WaitAsync(For(Impossible), notes, caller.Token);
        await notes.First.WaitAsync(Patience.Limit, TimeProvider.System, Token);

        (await Window.WaitAsync(For(TimeSpan.Zero), notes: null, Token).WaitAsync(Patience.Limit, TimeProvider.System, Token)).IsDone.Should().BeTrue();

        waiting.IsCompleted.Should().BeFalse();
        await caller.CancelAsync();
        (await waiting.WaitAsync(Patience.Limit, TimeProvider.System, Token)).Call.Failure.Should().Be(CallFailure.Canceled);
    }

    [Fact]
    public async Task WaitAsync_CancelledBefore_IsNotDone() =>
        (await Window.WaitAsync(For(TimeSpan.Zero), notes: null, new CancellationToken(canceled: true)))
            .Should().Match<CallResult<OpenRestartWindow>>(result => result.Call.Outcome == CallOutcome.NotDone && result.Call.Failure == CallFailure.Canceled);

    [Fact]
    public async Task WaitAsync_HostUnreachable_IsNotDone() =>
        (await UnreachableWindow.WaitAsync(For(TimeSpan.Zero), notes: null, Token).WaitAsync(Patience.Limit, TimeProvider.System, Token))
            .Should().Match<CallResult<OpenRestartWindow>>(result => result.Call.Outcome == CallOutcome.NotDone && result.Call.Failure == CallFailure.Unreachable);

    protected static RestartWindowRequest For(TimeSpan idle) => new() { MinimumIdle = idle };

    /// <summary>Waits until no wait runs at the validator.</summary>
    protected Task NothingIsLeftAsync() => Patience.UntilAsync(() => Waits == 0, Token);

    protected sealed class Notes : IProgress<string>
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Lines { get; } = [];

        public Task First => _first.Task;

        public void Report(string value)
        {
            Lines.Enqueue(value);
            _first.TrySetResult();
        }
    }
}
