using System.Globalization;

namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>All ways at one distance, taking turns on one cluster.</summary>
internal sealed class GapTrack
{
    public required TimeSpan RoundTrip { get; init; }

    public required IReadOnlyList<string> Flows { get; init; }

    public required int Count { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>The folder into which the last switchover of each of the library's ways is drawn; null for none.</summary>
    public required string? Pictures { get; init; }

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
                        // A pair that one way has broken must not affect the next way.
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

        foreach (var (name, runs) in samples)
        {
            if (Pictures is not null && runs.LastOrDefault(sample => sample is { Completed: true, Result.Gap: not null })?.Result is { } result)
            {
                await File.WriteAllTextAsync(Path.Combine(Pictures, string.Create(CultureInfo.InvariantCulture, $"gap-{name}-{RoundTrip.TotalMilliseconds}.svg")), result.ToSvg(), cancellationToken);
            }
        }

        return [.. Flows.Select(name => GapRow.Of(RoundTrip, name, samples[name]))];
    }
}
