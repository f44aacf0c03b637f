using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Tachyon.Failover.Pairs;

/// <summary>
/// A pair file, overridden by the environment (<c>TACHYON_FAILOVER_NODES__0__SHELL__USER</c>), which the options of the command line override. Each is a layer of one <see cref="IConfigurationRoot"/>,
/// from which all settings are read. Messages use the places of the file, which are kept beside it.
/// </summary>
internal sealed class PairConfiguration
{
    public const string Prefix = "TACHYON_FAILOVER_";

    private readonly IConfigurationRoot _root;
    private readonly Layer[] _layers;
    private readonly Dictionary<string, JsonPlace> _places;

    public PairConfiguration(IReadOnlyList<JsonPlace> places, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, (string Option, string Value)> commandLine)
    {
        _places = places.GroupBy(place => place.Field, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        Duplicates = [.. places.GroupBy(place => place.Field, StringComparer.OrdinalIgnoreCase).SelectMany(group => group.Skip(1).Select(second => (group.First(), second)))];
        var variables = environment.Where(variable => variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToDictionary(variable => FieldOf(variable.Key), StringComparer.OrdinalIgnoreCase);
        _layers =
        [
            new Layer(_places.Values.Where(place => place.Text is not null).ToDictionary(place => place.Field, place => (Origin: (string?)null, place.Text!), StringComparer.OrdinalIgnoreCase)),
            new Layer(variables.ToDictionary(variable => variable.Key, variable => ((string?)variable.Value.Key, variable.Value.Value), StringComparer.OrdinalIgnoreCase)),
            new Layer(commandLine.ToDictionary(option => option.Key, option => ((string?)option.Value.Option, option.Value.Value), StringComparer.OrdinalIgnoreCase)),
        ];
        _root = new ConfigurationBuilder().Add(_layers[0]).Add(_layers[1]).Add(_layers[2]).Build();
    }

    /// <summary>Fields that are written twice: the first place and the second.</summary>
    public IReadOnlyList<(JsonPlace First, JsonPlace Second)> Duplicates { get; }

    /// <summary>Every field that is given anywhere, with its place in the file or the name of its source.</summary>
    public IEnumerable<(string Field, JsonPlace? Place, string? Origin)> Fields =>
        _places.Values.Where(place => place.Field.Length > 0).Select(place => (place.Field, (JsonPlace?)place, (string?)null))
            .Concat(_layers.Skip(1).SelectMany(layer => layer.Values.Where(value => !_places.ContainsKey(value.Key)).Select(value => (value.Key, (JsonPlace?)null, value.Value.Origin))));

    /// <summary>The number of nodes.</summary>
    public int Count(string list)
    {
        var count = 0;
        while (_root.GetSection(KeyOf(string.Create(CultureInfo.InvariantCulture, $"{list}[{count}]"))).Exists() || Place(string.Create(CultureInfo.InvariantCulture, $"{list}[{count}]")) is not null)
        {
            count++;
        }

        return count;
    }

    /// <summary>The value of a field, from the uppermost layer that has it; null if none has.</summary>
    public string? this[string field] => _root[KeyOf(field)];

    /// <summary>The place of a field in the file; null if the file does not have it.</summary>
    public JsonPlace? Place(string field) => _places.GetValueOrDefault(field);

    /// <summary>The name of the variable or option that gives a field its value; null if the file does.</summary>
    public string? OriginOf(string field) => _layers.Reverse().Select(layer => layer.Values.TryGetValue(field, out var value) ? value.Origin ?? "" : null).FirstOrDefault(origin => origin is not null) is { Length: > 0 } found ? found : null;

    /// <summary>An error at a field, with the field's line, or the line of the nearest object around it.</summary>
    public PairFileError ErrorAt(string field, string problem, string remedy)
    {
        var origin = OriginOf(field);
        var around = field;
        while (around.Length > 0 && Place(around) is null)
        {
            around = around.LastIndexOfAny(['.', '[']) is > 0 and var cut ? around[..cut] : "";
        }

        return new PairFileError { Line = origin is null ? Place(around)?.Line : null, Origin = origin, Field = field, Value = this[field], Problem = problem, Remedy = remedy };
    }

    // nodes[0].shell.host is nodes:0:shell:host to Microsoft.Extensions.Configuration.
    private static string KeyOf(string field) => field.Replace("[", ":", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', ':');

    private static string FieldOf(string variable) => string.Concat(variable[Prefix.Length..].Split("__").Select((part, index) =>
        part.All(char.IsAsciiDigit) ? $"[{part}]" : $"{(index == 0 ? "" : ".")}{Known(part)}"));

    // Variables are in capitals; messages name the field.
    private static string Known(string part) => PairFields.All.FirstOrDefault(field => string.Equals(field.Name, part, StringComparison.OrdinalIgnoreCase))?.Name ?? part.ToLowerInvariant();

    private sealed class Layer(Dictionary<string, (string? Origin, string Value)> values) : ConfigurationProvider, IConfigurationSource
    {
        public Dictionary<string, (string? Origin, string Value)> Values => values;

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override void Load() => Data = values.ToDictionary(value => KeyOf(value.Key), value => (string?)value.Value.Value, StringComparer.OrdinalIgnoreCase);
    }
}
