using Microsoft.Extensions.Configuration;

namespace Tachyon.Failover.Pairs;

/// <summary>
/// What is given: a pair file, overridden by the environment (<c>TACHYON_FAILOVER_NODES__0__SHELL__USER</c>), which the options of the command line override. Each is a layer of one
/// <see cref="IConfigurationRoot"/>. Messages name the line of the file, or the variable or option, which are kept beside it.
/// </summary>
internal sealed class PairConfiguration
{
    public const string Prefix = "TACHYON_FAILOVER_";

    private readonly IConfigurationRoot _root;
    private readonly Dictionary<string, JsonPlace> _places;
    private readonly Dictionary<string, string> _origins;

    public PairConfiguration(IReadOnlyList<JsonPlace> places, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, (string Option, string Value)> commandLine)
    {
        Renamed = [.. places.Where(place => PairFields.Renamed.ContainsKey(place.Field)).Select(place => (FormattableString.Invariant($"line {place.Line}"), place.Field))];
        var written = places.Select(place => place with { Field = TodaysName(place.Field) }).ToLookup(place => place.Field, StringComparer.OrdinalIgnoreCase);
        _places = written.ToDictionary(same => same.Key, same => same.First(), StringComparer.OrdinalIgnoreCase);
        Duplicates = [.. written.SelectMany(same => same.Skip(1).Select(second => (same.First(), second)))];
        var variables = environment.Where(variable => variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).DistinctBy(variable => variable.Key, StringComparer.OrdinalIgnoreCase).ToList();
        _origins = variables.Select(variable => (Field: FieldOf(variable.Key), Origin: variable.Key)).Concat(commandLine.Select(option => (Field: option.Key, Origin: option.Value.Option)))
            .GroupBy(given => given.Field, StringComparer.OrdinalIgnoreCase).ToDictionary(given => given.Key, given => given.Last().Origin, StringComparer.OrdinalIgnoreCase);
        _root = new ConfigurationBuilder()
            .AddInMemoryCollection(Layer(_places.Values.Where(place => place.Text is not null).Select(place => (place.Field, place.Text))))
            .AddInMemoryCollection(Layer(variables.Select(variable => (FieldOf(variable.Key), (string?)variable.Value))))
            .AddInMemoryCollection(Layer(commandLine.Select(option => (option.Key, (string?)option.Value.Value))))
            .Build();
    }

    /// <summary>Fields that are written twice: the first place and the second.</summary>
    public IReadOnlyList<(JsonPlace First, JsonPlace Second)> Duplicates { get; }

    /// <summary>Fields of the file under a name of earlier files, each with its place.</summary>
    public IReadOnlyList<(string Place, string Field)> Renamed { get; }

    /// <summary>The path of every field that is given anywhere.</summary>
    public IEnumerable<string> Fields => _places.Keys.Union(_origins.Keys, StringComparer.OrdinalIgnoreCase).Where(path => path.Length > 0);

    /// <summary>The value of a field, from the uppermost layer that has it; null if none has.</summary>
    public string? this[string field] => _root[KeyOf(field)];

    /// <summary>The place of a field in the file; null if the file does not have it.</summary>
    public JsonPlace? Place(string field) => _places.GetValueOrDefault(field);

    /// <summary>The name of the variable or option that gives a field its value; null if the file does.</summary>
    public string? OriginOf(string field) => _origins.GetValueOrDefault(field);

    /// <summary>Whether a field, or a field in it, is given anywhere.</summary>
    public bool Has(string field) => Place(field) is not null || _root.GetSection(KeyOf(field)).Exists();

    /// <summary>The paths of a list's entries.</summary>
    public IEnumerable<string> Entries(string list) => Enumerable.Range(0, int.MaxValue).Select(index => FormattableString.Invariant($"{list}[{index}]")).TakeWhile(Has);

    // nodes[0].shell.host is nodes:0:shell:host to Microsoft.Extensions.Configuration.
    public static string KeyOf(string field) => field.Replace("[", ":", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', ':');

    // A name with a bracket or a colon can have the key of another field. It is unknown, and reported as such.
    private static IEnumerable<KeyValuePair<string, string?>> Layer(IEnumerable<(string Field, string? Value)> given) =>
        given.Select(one => KeyValuePair.Create(KeyOf(one.Field), one.Value)).DistinctBy(one => one.Key, StringComparer.OrdinalIgnoreCase);

    private static string TodaysName(string field) =>
        PairFields.Renamed.GetValueOrDefault(field) ?? (field.LastIndexOf('.') is > 0 and var dot ? TodaysName(field[..dot]) + field[dot..] : field);

    // Variables are in capitals; messages name the field.
    private static string FieldOf(string variable) => TodaysName(string.Concat(variable[Prefix.Length..].Split("__").Select((part, index) =>
        part.All(char.IsAsciiDigit) ? $"[{part}]" : $"{(index == 0 ? "" : ".")}{PairFields.All.FirstOrDefault(field => string.Equals(field.Name, part, StringComparison.OrdinalIgnoreCase))?.Name ?? part.ToLowerInvariant()}")));
}
