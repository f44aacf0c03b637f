using System.Globalization;

namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>All ways at one distance, taking turns on one cluster.</summary>
internal sealed class GapTrack
{
    public required TimeSpan RoundTrip { get; init; }

    public required IReadOnlyList<string> Flows { get; init; }

    public required int Count { get; init; }

    public required ulong Seed { get; init; }

    public async Task<IReadOnlyList<GapRow>> RunAsync(TextWriter progress, CancellationToken cancellationToken)
    {
        var samples = Flows.ToDictionary(name => name, _ => new List<GapSample>(), StringComparer.Ordinal);
        var stand = await GapStand.SetAsync(Seed, RoundTrip, Flows, cancellationToken);
        try
        {
            for (var round = 1; round <= Count; round++)
            {
                foreach (var name in Flows)
                {
                    var sample = await stand.MoveAsync(name, cancellationToken);
                    samples[name].Add(sample);
                    await progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{RoundTrip.TotalMilliseconds} ms, {round}/{Count} {name}: {sample}"));
                    if (!sample.Completed || sample.IsGone)
                    {
                        // What one way has broken is not to be the next one's trouble.
                        await stand.DisposeAsync();
                        stand = await GapStand.SetAsync(Seed + (1000 * (ulong)round), RoundTrip, Flows, cancellationToken);
                    }
                }
            }
        }
        finally
        {
            await stand.DisposeAsync();
        }

        return [.. Flows.Select(name => GapRow.Of(RoundTrip, name, samples[name]))];
    }
}
