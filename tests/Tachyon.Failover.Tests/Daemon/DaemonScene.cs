using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Daemon;
using Tachyon.Failover.Daemon.Events;
using Tachyon.Failover.Daemon.Monitoring;

namespace Tachyon.Failover.Tests.Daemon;

/// <summary>A daemon of north and south with a clock that the test moves.</summary>
internal sealed class DaemonScene : IDisposable, IEventSink
{
    public static readonly MonitorVerdict Healthy = new() { State = MonitorState.Healthy, Reason = "a vote for slot 7 has landed" };

    private readonly TemporaryFolder _folder = new();
    private readonly LoggerFactory _loggers = new();
    private readonly DaemonMetrics _metrics;
    private int _looks;

    public DaemonScene(ITakeoverLease? lease = null, bool isEnabled = true, string? mark = null, params HookSettings[] hooks)
    {
        Lease = lease ?? new InMemoryTakeoverLease(Time);
        Mark = new TakeoverMark(_folder.File("pair.journal.took-over"));
        if (mark is not null)
        {
            Mark.Write(mark);
        }

        Pause = new FileMaintenancePause(_folder.File("pair.pause"));
        Status = new DaemonStatus(TimeSpan.FromSeconds(1));
        _metrics = new DaemonMetrics(Status, Time);
        DaemonLoop = new DaemonLoop(
            new DaemonSettings { Hooks = hooks }, Mark, Pause, new LeaseKeeper(Lease, "me", Time, _loggers.CreateLogger("lease")), RunHookAsync, this, Status, _metrics, Time, _loggers.CreateLogger<DaemonLoop>());
        if (isEnabled)
        {
            DaemonLoop.Enable();
        }

        DaemonLoop.Watch(Pair, Turned);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 19, 0, 0, TimeSpan.Zero));

    public ITakeoverLease Lease { get; }

    public FileMaintenancePause Pause { get; }

    public TakeoverMark Mark { get; }

    public DaemonStatus Status { get; }

    public DaemonLoop DaemonLoop { get; }

    public ScriptedPair Pair { get; } = new("north", "south");

    public ScriptedPair Turned { get; } = new("south", "north");

    /// <summary>Whether the service is asked to stop.</summary>
    public CancellationTokenSource Stopping { get; } = new();

    public List<DaemonEvent> Events { get; } = [];

    public IEnumerable<string> EventNames => Events.Select(happened => happened.Name);

    /// <summary>The commands that ran, with their event.</summary>
    public List<(string Hook, DaemonEvent About)> Hooks { get; } = [];

    /// <summary>Why a command fails; null for success.</summary>
    public Func<HookSettings, string?> HookFails { get; set; } = _ => null;

    /// <summary>How long a command takes.</summary>
    public TimeSpan HookTakes { get; set; }

    public static HookSettings Hook(string name, bool isBefore = true, bool mustSucceed = false) => new() { IsBefore = isBefore, Command = [$"/opt/{name}"], MustSucceed = mustSucceed };

    /// <summary>Probes, and sees that no vote lands, for one second more each time.</summary>
    public Task SeeLostAsync() => SeeAsync(new MonitorVerdict { State = MonitorState.Lost, Reason = FormattableString.Invariant($"no vote has landed for {20 + _looks} s") });

    public Task SeeHealthyAsync() => SeeAsync(Healthy);

    public async Task SeeAsync(MonitorVerdict verdict)
    {
        _looks++;
        Time.Advance(TimeSpan.FromSeconds(1));
        Status.Probed(Time);
        await DaemonLoop.SeeAsync(verdict, Stopping.Token);
    }

    public void Tell(DaemonEvent happened) => Events.Add(happened);

    public void Dispose()
    {
        Stopping.Dispose();
        _metrics.Dispose();
        _loggers.Dispose();
        _folder.Dispose();
    }

    private Task<string?> RunHookAsync(HookSettings hook, DaemonEvent about)
    {
        Hooks.Add((hook.Name, about));
        for (var passed = TimeSpan.Zero; passed < HookTakes; passed += TimeSpan.FromSeconds(1))
        {
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        return Task.FromResult(HookFails(hook));
    }
}
