using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Tachyon.Failover.Pairs;

/// <summary>The values that are right, from which settings are bound, and the errors. Each field has at most one error: the first.</summary>
internal sealed class PairSettings(PairConfiguration configuration)
{
    // A part's name before an option's is left out: the rest says which option it is.
    private static readonly Regex OptionNames = new($@"\b(\w+\.)?(?<option>{string.Join('|', PairFields.ByLibraryName.Select(name => name.Library).Where(name => name.Skip(1).Any(char.IsAsciiLetterUpper)))})\b", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private readonly IConfigurationRoot _right = new ConfigurationBuilder().AddInMemoryCollection().Build();
    private readonly List<PairFileError> _errors = [];

    /// <summary>The errors, in the order of the file.</summary>
    public IReadOnlyList<PairFileError> Errors => [.. _errors.OrderBy(error => error.Line ?? int.MaxValue)];

    /// <summary>Notes that are no errors, a sentence each.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The value of a field in the form that binds; null if there is none, or a wrong one.</summary>
    public string? this[string field]
    {
        get => _right[PairConfiguration.KeyOf(field)];
        set => _right[PairConfiguration.KeyOf(field)] = value;
    }

    /// <summary>Settings with the values of an object. What is not given, or wrong, stays as it was.</summary>
    /// <param name="field">The object's path.</param>
    /// <param name="start">The settings to start from, which are changed; null for new ones.</param>
    public T Bind<T>(string field, T? start = null)
        where T : class
    {
        var bound = start ?? Activator.CreateInstance<T>();
        var values = _right.GetSection(PairConfiguration.KeyOf(field));
        values.Bind(bound);

        // Bind() leaves a list alone if it is given and empty.
        foreach (var list in typeof(T).GetProperties().Where(list => list.PropertyType == typeof(IReadOnlyList<string>) && values[list.Name] is { Length: 0 }))
        {
            list.SetValue(bound, Array.Empty<string>());
        }

        return bound;
    }

    /// <summary>The address that a field has; null for none.</summary>
    public Uri? Address(string field) => this[field] is { } text ? new Uri(text) : null;

    /// <summary>Adds an error if it is one.</summary>
    /// <returns>Whether it is.</returns>
    public bool AddIf(bool isWrong, string field, string problem, string remedy)
    {
        if (isWrong)
        {
            Add(field, problem, remedy);
        }

        return isWrong;
    }

    /// <summary>Adds an error at a field, with the field's line, or the line of the nearest object around it.</summary>
    public void Add(string field, string problem, string remedy)
    {
        var around = field;
        while (around.Length > 0 && configuration.Place(around) is null)
        {
            around = around.LastIndexOfAny(['.', '[']) is > 0 and var cut ? around[..cut] : "";
        }

        var origin = configuration.OriginOf(field);
        Add(new PairFileError { Line = origin is null ? configuration.Place(around)?.Line : null, Origin = origin, Field = field, Value = configuration[field], Problem = problem, Remedy = remedy });
    }

    public void Add(PairFileError error)
    {
        if (!HasErrorAt(error.Field))
        {
            _errors.Add(error);
        }
    }

    public bool HasErrorAt(string field) => _errors.Exists(error => error.Field == field);

    public bool HasErrorIn(string field) => _errors.Exists(error => error.Field.StartsWith(field, StringComparison.Ordinal));

    /// <summary>Adds the library's errors in the settings of an object. Each sentence begins with the option's name, and has its remedy after a semicolon or in a sentence of its own.</summary>
    /// <param name="parent">The object's path.</param>
    /// <param name="sentences">The sentences.</param>
    /// <param name="at">The field at which to tell them; null for the option's own.</param>
    public void AddFromLibrary(string parent, IEnumerable<string> sentences, string? at = null)
    {
        foreach (var sentence in sentences)
        {
            var name = sentence[..sentence.AsSpan().IndexOf(' ')];
            var field = $"{parent}.{string.Join('.', name.Split('.').Select(PairFields.NameOf))}";
            var words = OptionNames.Replace(sentence[name.Length..].TrimEnd('.'), match => PairFields.NameOf(match.Groups["option"].Value)).Replace(". Make ", "; make ", StringComparison.Ordinal).Split("; ", 2);
            Add(at ?? field, field + words[0], words.ElementAtOrDefault(1) ?? "write another value");
        }
    }
}
