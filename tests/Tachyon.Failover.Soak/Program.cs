using Tachyon.Failover.Soak;

if (args[0] == "mutations")
{
    foreach (var (name, rules) in Mutation.All)
    {
        var caught = Mutation.FirstCaught(rules, 1000);
        Console.WriteLine($"{name}: {(caught is null ? "NOT CAUGHT" : $"seed {caught.Seed}: {string.Join(" | ", caught.Broken)}")}");
    }

    return;
}

var runs = int.Parse(args[0]);
if (args.Length > 1)
{
    var one = SoakRun.Play(Story.Of(ulong.Parse(args[0])));
    one.Log.ToList().ForEach(Console.WriteLine);
    one.Broken.ToList().ForEach(Console.WriteLine);
    return;
}

var start = TimeProvider.System.GetTimestamp();
var outcomes = ParallelEnumerable.Range(1, runs).WithDegreeOfParallelism(2).Select(seed =>
{
    try
    {
        return SoakRun.Play(Story.Of((ulong)seed));
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{seed}: {exception.Message}");
        return null;
    }
}).Where(outcome => outcome is not null).ToList();
var took = TimeProvider.System.GetElapsedTime(start);
foreach (var group in outcomes.SelectMany(outcome => outcome!.Broken.Select(broken => (outcome.Seed, broken))).GroupBy(pair => pair.broken.Invariant))
{
    Console.WriteLine($"{group.Key}: {group.Count()}");
    foreach (var (seed, broken) in group.OrderBy(pair => pair.Seed).Take(6))
    {
        Console.WriteLine($"   {seed}: {broken}");
    }
}

foreach (var group in outcomes.GroupBy(outcome => outcome!.Outcome))
{
    Console.WriteLine($"{group.Key?.ToString() ?? "crashed"}: {group.Count()}");
}

Console.WriteLine($"needs a person: {outcomes.Count(o => o!.NeedsAPerson)}: {string.Join(' ', outcomes.Where(o => o!.NeedsAPerson).Select(o => o!.Seed).Order().Take(12))}");
Console.WriteLine($"{runs / took.TotalSeconds:0} runs/s, faults {outcomes.Sum(outcome => outcome!.FaultsInjected)}");
