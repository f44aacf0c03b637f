using Tachyon.Failover.Mutants;

const string Usage =
    """
    Changes one decision of src/Tachyon.Failover/Decisions at a time, and shows which changes the tests of the decisions do not notice.

      --match TEXT   only those whose name has it, or another that is given in the same way
      --list         names them, and runs nothing
      --rules        breaks the safety rules instead, each in all places that keep it, and shows whether the soak's judge sees it
    """;

var matches = new List<string>();
var isList = false;
var isRules = false;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--rules":
            isRules = true;
            break;
        case "--list":
            isList = true;
            break;
        case "--match" when i + 1 < args.Length:
            matches.Add(args[++i]);
            break;
        default:
            Console.Error.WriteLine($"'{args[i]}' is no option, or its text is missing.{Environment.NewLine}{Usage}");
            return 64;
    }
}

// .../tests/Tachyon.Failover.Mutants/bin/Release/net10.0/
var here = new DirectoryInfo(AppContext.BaseDirectory);
var (framework, configuration, root) = (here.Name, here.Parent!.Name, here.Parent.Parent!.Parent!.Parent!.Parent!.FullName);
var source = Path.Combine(root, "src", "Tachyon.Failover");
var project = Path.Combine(source, "Tachyon.Failover.csproj");
string BuildOf(string name) => Path.Combine(root, "tests", name, "bin", configuration, framework);

if (isRules)
{
    var rules = BrokenRule.All.Where(rule => matches.Count == 0 || matches.Exists(match => rule.Name.Contains(match, StringComparison.Ordinal))).ToList();
    if (isList)
    {
        rules.ForEach(rule => Console.WriteLine(rule.Name));
        return 0;
    }

    var missed = await RuleHunt.RunAsync(Library.Load(project, configuration, folders: null), source, BuildOf("Tachyon.Failover.Soak"), rules, Console.WriteLine);
    return missed.Count == 0 ? 0 : 1;
}

var decisions = Path.Combine(source, "Decisions");

// What decisions use is compiled whole. Of all other code the tests of the decisions need only the declarations.
string[] used = ["Clients", "Cluster", "Preflight", "Values", "Settings", "Towers", "Journal", "Runtime", "Runs"];
var library = Library.Load(project, configuration, [decisions, .. used.Select(folder => Path.Combine(source, folder))]);
var found = library.MutantsOf(decisions);
var stale = Equivalents.All.Keys.Except(found.Select(mutant => mutant.Name), StringComparer.Ordinal).ToList();
var wanted = found.Where(mutant => matches.Count == 0 || matches.Exists(match => mutant.ToString().Contains(match, StringComparison.Ordinal))).ToList();
if (isList)
{
    wanted.ForEach(Console.WriteLine);
    return 0;
}

using var hunt = new MutantHunt(library, BuildOf("Tachyon.Failover.Tests"), Environment.ProcessorCount);
if (!await hunt.PassesUnchangedAsync())
{
    Console.Error.WriteLine($"The tests do not pass as it is. Remedy: dotnet build -c {configuration} tests/Tachyon.Failover.Tests, and see that they do.");
    return 1;
}

var start = TimeProvider.System.GetTimestamp();
var done = 0;
var fates = await hunt.RunAsync(wanted, (mutant, fate) =>
{
    Console.Error.Write($"\r{++done} of {wanted.Count} ");
    if (fate == Fate.Survived)
    {
        Console.WriteLine($"SURVIVED {mutant}");
    }
});
Console.Error.WriteLine();
stale.ForEach(name => Console.WriteLine($"IS NO MUTANT ANY MORE {name}"));
Console.WriteLine(
    $"{fates.Values.Sum()} mutants in {TimeProvider.System.GetElapsedTime(start).TotalMinutes:0.0} minutes: " +
    string.Join(", ", Enum.GetValues<Fate>().Select(fate => $"{fates.GetValueOrDefault(fate)} {fate}")));
return fates.ContainsKey(Fate.Survived) || stale.Count > 0 ? 1 : 0;
