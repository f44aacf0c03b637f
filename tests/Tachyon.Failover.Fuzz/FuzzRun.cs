using System.Globalization;

namespace Tachyon.Failover.Fuzz;

/// <summary>What came of a reader's inputs.</summary>
/// <param name="Reader">The reader.</param>
/// <param name="Inputs">How many it read.</param>
/// <param name="Escapes">Exceptions that are none of its border's, with the input of each in base64.</param>
internal sealed record FuzzRun(string Reader, long Inputs, IReadOnlyList<string> Escapes)
{
    private const int MostEscapes = 10;

    /// <summary>Has a reader read its seeds as they are, and then changes of them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="seed">What the changes depend on.</param>
    /// <param name="mayGoOn">Whether one more is to be read, by the number of those that were.</param>
    public static FuzzRun Of(ForeignReader reader, int seed, Func<long, bool> mayGoOn)
    {
        var changes = new Changes(seed, reader.Seeds);
        var escapes = new List<string>();
        var inputs = 0L;
        for (; (inputs < reader.Seeds.Count || mayGoOn(inputs)) && escapes.Count < MostEscapes; inputs++)
        {
            var input = inputs < reader.Seeds.Count ? reader.Seeds[(int)inputs] : changes.Next();
            if (reader.Try(input) is { } escape)
            {
                escapes.Add($"{escape.GetType().Name}: {escape.Message} {escape.StackTrace?.Split('\n')[0].Trim()} of {Convert.ToBase64String(input)}");
            }
        }

        return new FuzzRun(reader.Name, inputs, escapes);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Reader,-24} {Inputs,12:N0} inputs, {Escapes.Count} exceptions outside of its border{string.Concat(Escapes.Select(static escape => $"\n    {escape}"))}");
}
