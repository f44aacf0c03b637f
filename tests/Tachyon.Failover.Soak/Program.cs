using System.Globalization;
using Tachyon.Failover.Soak;

const int CalibrationRuns = 1000;
const string Usage =
    """
    Plays simulated switchovers with faults, each from its seed, and judges them.

      --seeds N    so many, from 1 on (10000)
      --json       one object on standard output
      --seed S     plays one, and tells what happened
    """;

var seeds = 10_000;
ulong? one = null;
var isJson = false;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--json":
            isJson = true;
            break;
        case "--seeds" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0:
            seeds = count;
            i++;
            break;
        case "--seed" when i + 1 < args.Length && ulong.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
            one = seed;
            i++;
            break;
        default:
            Console.Error.WriteLine($"'{args[i]}' is no option, or its number is missing.{Environment.NewLine}{Usage}");
            return 64;
    }
}

if (one is { } wanted)
{
    var outcome = SoakRun.Play(Story.Of(wanted));
    Console.WriteLine(string.Join(Environment.NewLine, outcome.Log.Concat(outcome.Broken.Select(broken => $"BROKEN: {broken}"))));
    return outcome.Broken.Count == 0 ? 0 : 1;
}

var start = TimeProvider.System.GetTimestamp();
var outcomes = Enumerable.Range(1, seeds)
    .AsParallel()
    .WithDegreeOfParallelism(Environment.ProcessorCount)
    .WithMergeOptions(ParallelMergeOptions.NotBuffered)
    .Select(static seed => SoakRun.Play(Story.Of((ulong)seed)) with { Log = [] })
    .ToList();
var report = SoakReport.Of(outcomes, TimeProvider.System.GetElapsedTime(start), CalibrationTable.Of(CalibrationRuns));
Console.WriteLine(isJson ? report.ToJson() : report.ToString());
return report.BrokenInvariants == 0 ? 0 : 1;
