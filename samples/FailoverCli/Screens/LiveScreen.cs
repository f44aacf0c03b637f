using Spectre.Console;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Cli.Status;

namespace Tachyon.Failover.Cli.Screens;

/// <summary>One picture of both nodes, the clock and the steps, redrawn ten times a second.</summary>
internal sealed class LiveScreen : ProgressScreen
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly SwitchoverView _view;
    private readonly SlotWatch _slots;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _drawing;
    private readonly Task _looking;
    private volatile bool _isInGap;

    public LiveScreen(Surroundings surroundings, PairFile file, ValidatorPair pair, RunKind kind)
        : base(surroundings.Interrupts, pair, kind)
    {
        _time = surroundings.Time;
        _slots = new SlotWatch(pair, file.Options, _time);
        _view = new SwitchoverView(pair, _slots, _time, kind);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = surroundings.HasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(surroundings.Out),
        });
        console.Profile.Width = surroundings.Width;
        _drawing = DrawAsync(console);
        _looking = ProbeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _ended.CancelAsync();
        await Task.WhenAll(_drawing, _looking);
        _ended.Dispose();
    }

    protected override void Show(FailoverProgress value)
    {
        // From the first change of the source to the answer of the promotion, only the switchover talks to the nodes.
        _isInGap = value.Phase switch
        {
            FailoverPhase.Handover => true,
            FailoverPhase.Promotion => _isInGap && value.Result is null,
            _ => false,
        };
        _view.Take(value);
    }

    protected override void Say(string words) => _view.Say(words);

    private async Task DrawAsync(IAnsiConsole console)
    {
        try
        {
            await DrawUntilTheEndAsync(console);
        }
        catch (IOException)
        {
            // The terminal is gone. The switchover continues.
        }
    }

    private async Task DrawUntilTheEndAsync(IAnsiConsole console)
    {
        await console.Live(_view.Draw()).Cropping(VerticalOverflowCropping.Top).StartAsync(async context =>
        {
            while (!_ended.IsCancellationRequested)
            {
                context.UpdateTarget(_view.Draw());
                await PauseAsync(Frame);
            }

            context.UpdateTarget(_view.Draw());
        });
    }

    private async Task ProbeAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            if (!_isInGap)
            {
                try
                {
                    await _slots.ProbeAsync(_ended.Token);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }

            await PauseAsync(Probe);
        }
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, _time, _ended.Token);
        }
        catch (OperationCanceledException)
        {
            // The run has ended. Draw the last picture.
        }
    }
}
