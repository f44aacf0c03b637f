using Tachyon.Failover.Journal;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Endurance;

/// <summary>Moves the identity there and back, and counts.</summary>
internal sealed class EnduranceRun(Stage stage, EnduranceOptions options, TextWriter screen) : IAsyncDisposable
{
    private const int Lines = 20;

    // Nothing has moved at that point: an overloaded machine is not the switchover's fault.
    private const int MostRefusals = 5;

    // There and back: each direction has its own connections, which are kept.
    private const int FirstRound = 2;

    // Unused sessions end on their own time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly List<IAsyncDisposable> _parts = [];
    private ShellValidatorPair? _nodes;

    public static async Task<EnduranceReport> RunAsync(EnduranceOptions options, TextWriter screen, CancellationToken cancellationToken)
    {
        await using var stage = await Stage.SetAsync(options.Seed, options.Slot, roundTrip: TimeSpan.Zero, cancellationToken);
        await using var run = new EnduranceRun(stage, options, screen);
        return await run.RunAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
        {
            await part.DisposeAsync();
        }

        _parts.Clear();
        _nodes = null;
    }

    private async Task<EnduranceReport> RunAsync(CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await screen.WriteLineAsync(" after           heap    resident  sockets  descriptors  threads  processes");
        ResourceCount? first = null;
        ResourceCount? last = null;
        string? failure = null;
        var refused = 0;
        var refusals = 0;
        var number = 0;
        do
        {
            var result = await SwitchAsync(number, cancellationToken);
            for (var again = 0; result.Outcome == FailoverOutcome.Refused && again < MostRefusals; again++)
            {
                refusals++;
                await screen.WriteLineAsync($"Refused, and asked for again: {result.Reason}");
                result = await SwitchAsync(number, cancellationToken);
            }

            number++;
            refused += result.Gap?.RefusedVotes ?? 0;
            failure = result.Outcome == FailoverOutcome.Completed ? null : result.ToString();
            if (number == FirstRound || number == options.Count || number % Math.Max(1, options.Count / Lines) == 0 || failure is not null)
            {
                last = await SettleAsync(number, first, cancellationToken);
                first ??= number >= FirstRound ? last : null;
                await screen.WriteLineAsync(last.ToString());
            }
        }
        while (number < options.Count && failure is null);

        first ??= last!;

        return new EnduranceReport
        {
            Shell = options.Shell,
            Switchovers = number,
            Failure = failure,
            Refusals = refusals,
            RefusedVotes = refused,
            Seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds,
            First = first,
            Last = last!,
            Leaks = last!.MoreThan(first),
        };
    }

    private async Task<FailoverResult> SwitchAsync(int number, CancellationToken cancellationToken)
    {
        _nodes ??= Pair();
        var coordinator = new FailoverCoordinator(new FailoverOptions { MinimumIdle = TimeSpan.Zero, Slot = options.Slot, Journal = new FileFailoverJournal(Path.Combine(stage.Folder, "journal")) });
        var result = await coordinator.SwitchoverAsync(number % 2 == 0 ? _nodes.FromAToB : _nodes.FromBToA, progress: null, cancellationToken);
        if (options.MakesAnew)
        {
            await DisposeAsync();
        }

        return result;
    }

    private ShellValidatorPair Pair()
    {
        var (a, b) = (stage.Cluster.A, stage.Cluster.B);
        return Keep(new ShellValidatorPair(stage.Cluster.StakedIdentity, a.Settings, Reach(a), b.Settings, Reach(b)));
    }

    private IShell Reach(StandInNode node) => Keep(stage.Reach(node, options.Shell));

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }

    /// <summary>Counts when nothing is more than it was, or after a time in which it could have become so.</summary>
    private async Task<ResourceCount> SettleAsync(int number, ResourceCount? first, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var count = ResourceCount.Take(number, stage.Folder);
        ResourceCount before;
        do
        {
            before = count;
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            count = ResourceCount.Take(number, stage.Folder);
        }
        while (TimeProvider.System.GetElapsedTime(begun) < Patience && (first is null ? before.MoreThan(count).Count > 0 || count.MoreThan(before).Count > 0 : count.MoreThan(first).Count > 0));

        return count;
    }
}
