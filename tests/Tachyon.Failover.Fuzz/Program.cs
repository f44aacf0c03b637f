using System.Globalization;
using Tachyon.Failover.Fuzz;

const string Usage =
    """
    Gives every reader of foreign bytes inputs that are nearly right, and counts the exceptions that its callers do not expect.

      --seconds N   so long in all, shared by the readers (3600)
      --seed S      another seed gives other inputs (1)
      --match TEXT  only readers with this in their name
    """;

var seconds = 3600;
var seed = 1;
var match = "";
for (var i = 0; i < args.Length; i += 2)
{
    var value = i + 1 < args.Length ? args[i + 1] : "";
    switch (args[i])
    {
        case "--seconds" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds > 0:
        case "--seed" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed):
            break;
        case "--match" when value.Length > 0:
            match = value;
            break;
        default:
            Console.Error.WriteLine($"'{args[i]}' is no option, or its value is missing.{Environment.NewLine}{Usage}");
            return 64;
    }
}

var readers = ForeignReaders.All.Where(reader => reader.Name.Contains(match, StringComparison.Ordinal)).ToList();
var escapes = 0;
foreach (var reader in readers)
{
    var began = TimeProvider.System.GetTimestamp();
    var run = FuzzRun.Of(reader, seed, _ => TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(seconds) / readers.Count);
    Console.WriteLine(run);
    escapes += run.Escapes.Count;
}

return escapes == 0 ? 0 : 1;
