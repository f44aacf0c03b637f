using System.Globalization;
using Tachyon.Failover.Soak;
using Tachyon.Failover.Soak.Takeovers;

const int CalibrationRuns = 1000;
const string Usage =
    """
    Plays simulated switchovers with faults, each from its seed, and judges them.

      --seeds N        so many (10000)
      --from S         from this one on (1)
      --takeovers      takeovers of an active node that is lost, in place of switchovers
      --guard-off      takeovers in which the guard does not run that the evidence counts on
      --day            a day of a watch with 10,000 faults that pass, and six losses that do not, from --seed (1)
      --until-broken   ends at the first seed that is broken, and names it
      --json           one object on standard output
      --seed S         plays one, and tells what happened
    """;

var seeds = 10_000;
var from = 1;
ulong? one = null;
var isJson = false;
var isTakeover = false;
var isDay = false;
var isGuardOff = false;
var isHunt = false;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--takeovers":
            isTakeover = true;
            break;
        case "--guard-off":
            isGuardOff = true;
            break;
        case "--until-broken":
            isHunt = true;
            break;
        case "--day":
            isDay = true;
            break;
        case "--json":
            isJson = true;
            break;
        case "--seeds" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0:
            seeds = count;
            i++;
            break;
        case "--from" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first > 0:
            from = first;
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

if (isDay)
{
    var day = DayRun.Play(one ?? 1, TimeSpan.FromDays(1), losses: 6);
    Console.WriteLine(isJson ? day.ToJson() : day.ToString());
    return day.IsGood ? 0 : 1;
}

if (one is { } wanted)
{
    var (log, broken) = isTakeover
        ? TakeoverRun.Play(TakeoverStory.Of(wanted), isGuardOff) is var takeover ? (takeover.Log, takeover.Broken) : default
        : SoakRun.Play(Story.Of(wanted)) is var outcome ? (outcome.Log, outcome.Broken) : default;
    Console.WriteLine(string.Join(Environment.NewLine, log.Concat(broken.Select(one => $"BROKEN: {one}"))));
    return broken.Count == 0 ? 0 : 1;
}

if (isHunt)
{
    var broken = Enumerable.Range(from, seeds).FirstOrDefault(seed => (isTakeover ? TakeoverRun.Play(TakeoverStory.Of((ulong)seed), isGuardOff).Broken : SoakRun.Play(Story.Of((ulong)seed)).Broken).Count > 0);
    Console.WriteLine(broken == 0 ? $"none of {seeds} seeds is broken" : $"seed {broken} is broken");
    return broken == 0 ? 0 : 1;
}

var start = TimeProvider.System.GetTimestamp();
if (isTakeover)
{
    var takeovers = TakeoverReport.Of(PlayAll(seed => TakeoverRun.Play(TakeoverStory.Of(seed), isGuardOff) with { Log = [] }), TimeProvider.System.GetElapsedTime(start));
    Console.WriteLine(isJson ? takeovers.ToJson() : takeovers.ToString());
    return takeovers.BrokenInvariants == 0 ? 0 : 1;
}

var outcomes = PlayAll(static seed => SoakRun.Play(Story.Of(seed)) with { Log = [] });
var report = SoakReport.Of(outcomes, TimeProvider.System.GetElapsedTime(start), CalibrationTable.Of(CalibrationRuns));
Console.WriteLine(isJson ? report.ToJson() : report.ToString());
return report.BrokenInvariants == 0 ? 0 : 1;

List<T> PlayAll<T>(Func<ulong, T> play) =>
[
    .. Enumerable.Range(from, seeds)
        .AsParallel()
        .WithDegreeOfParallelism(Environment.ProcessorCount)
        .WithMergeOptions(ParallelMergeOptions.NotBuffered)
        .Select(seed => play((ulong)seed)),
];
