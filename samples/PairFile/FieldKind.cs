using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tachyon.Failover.Pairs;

/// <summary>A kind of value: which JSON it is, how messages ask for it, and what its text means.</summary>
/// <param name="Name">Its name in the README.</param>
/// <param name="JsonType">Its type in the schema.</param>
/// <param name="Asked">What to write.</param>
internal sealed record FieldKind(string Name, string JsonType, string Asked)
{
    private static readonly Func<string, (string?, string?, string)> Right = text => (text, null, "");

    public static FieldKind Text { get; } = new("text", "string", "a text in quotes, or leave it out") { Read = If(text => !text.Any(char.IsControl), ", which has a control character", "write it without control characters such as NUL or a line end") };
    public static FieldKind LocalPath { get; } = Text with { IsLocalPath = true };
    public static FieldKind Pubkey { get; } = Text with { Read = If(text => Failover.Pubkey.TryParse(text, out _), ", which is no pubkey", "write the base58 text that solana-keygen pubkey prints for the staked keypair") };
    public static FieldKind Rpc { get; } = Text with
    {
        Pattern = "^https?://[^/?#@]*([/?#]|$)",

        // The password is not repeated: what this says is kept in logs.
        Read = text => AddressOf(text) switch
        {
            null => Wrong(text, ", which is no address of a JSON-RPC", "write it with http:// or https://, or leave it out"),
            { UserInfo.Length: > 0 } => (null, "holds a user name, which would not be sent", "leave it out, or name an RPC that takes its key in the path"),
            _ => Right(text),
        },
    };
    public static FieldKind Address { get; } = Text with { Pattern = "^https?://", Read = If(text => AddressOf(text) is not null, ", which is no address", "write it with http:// or https://") };
    public static FieldKind Listener { get; } = OrNone(Text with { Pattern = "^http://", Read = If(CanListen, ", which is no address to listen at", "write http://ADDRESS:PORT, such as http://127.0.0.1:9464, or none") });
    public static FieldKind Variable { get; } = Matching(@"^[^=\s]+$", ", which is no name of an environment variable", "write the name alone, such as FAILOVER_WEBHOOK");
    public static FieldKind Fingerprint { get; } = Matching("^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=?$", ", which is no SHA-256 fingerprint", "write what ssh-keygen -lf prints: SHA256: and 43 letters");
    public static FieldKind Whole { get; } = new("whole number", "integer", "a whole number, without quotes") { Read = If(text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _), ", which is no whole number", "write one, without quotes") };
    public static FieldKind Number { get; } = new("number", "number", "a number, without quotes, such as 0.05") { Read = If(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _), ", which is no number", "write one, without quotes, such as 0.05") };
    public static FieldKind Flag { get; } = new("true or false", "boolean", "true or false, without quotes") { Read = If(text => bool.TryParse(text, out _), "", "write true or false, without quotes") };
    public static FieldKind Duration { get; } = new("duration", "string", "a duration in quotes, such as \"30s\", or leave it out")
    {
        Pattern = DurationText.Pattern,
        Read = text => DurationText.TryParse(text, out var duration) ? Right(duration.ToString("c", CultureInfo.InvariantCulture)) : Wrong(text, ", which is no duration", DurationText.Remedy),
    };
    public static FieldKind DurationOrNone { get; } = OrNone(Duration);
    public static FieldKind Object { get; } = new("object", "object", "an object: { … }");
    public static FieldKind Objects { get; } = new("list of objects", "array", "a list of objects: [ { … } ]") { Entry = Object };
    public static FieldKind TwoObjects { get; } = new("list of two objects", "array", "a list of two objects: [ { … }, { … } ]") { Entry = Object, Entries = 2 };
    public static FieldKind Texts { get; } = new("list of texts", "array", "a list of texts: [ \"…\" ]") { Entry = Text };
    public static FieldKind Rpcs { get; } = Texts with { Entry = Rpc };

    /// <summary>The allowed words of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The kind of a list's entries; null if it is no list.</summary>
    public FieldKind? Entry { get; init; }

    /// <summary>The number of entries of a list; null for any number.</summary>
    public int? Entries { get; init; }

    /// <summary>The least and the greatest value, as in the file; null if the library checks the bounds.</summary>
    public (string Least, string Most)? Bounds { get; init; }

    /// <summary>The regular expression of the text in the schema; null for any text.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether it is a path of this machine. ~ is the home folder.</summary>
    public bool IsLocalPath { get; init; }

    /// <summary>The form of a text that settings are bound from, null for none; or the problem, as it follows the field's name, and the remedy.</summary>
    public Func<string, (string? Value, string? Problem, string Remedy)> Read { get; init; } = Right;

    public static FieldKind Choice(params string[] words) => Choice(words, words);

    /// <summary>A choice of words that the library has other names for.</summary>
    public static FieldKind Choice(string[] words, string[] names) => new(string.Join(", ", words), "string", $"one of \"{string.Join("\", \"", words)}\"")
    {
        Choices = words,
        Read = text => Array.IndexOf(words, text) is >= 0 and var index ? Right(names[index]) : Wrong(text, "", $"write one of {string.Join(", ", words)}{(Spelling.Nearest(text, words) is { } near ? $"; did you mean {near}?" : "")}"),
    };

    public static FieldKind DurationIn(string least, string most) => Within(Duration, least, most, DurationText.Parse, DurationText.Of);

    public static FieldKind WholeIn(string least, string most) => Within(Whole, least, most, text => int.Parse(text, CultureInfo.InvariantCulture), number => number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The address with http or https that a text is; null if it is none.</summary>
    public static Uri? AddressOf(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    /// <summary>Whether JSON that begins with this token can be of this kind.</summary>
    public bool Takes(JsonTokenType token) => token switch
    {
        JsonTokenType.Number => JsonType is "integer" or "number",
        JsonTokenType.True or JsonTokenType.False => JsonType == "boolean",
        JsonTokenType.StartObject => JsonType == "object",
        JsonTokenType.StartArray => JsonType == "array",
        _ => token == JsonTokenType.String && JsonType == "string",
    };

    private static (string?, string?, string) Wrong(string text, string why, string remedy) => (null, $"is \"{text}\"{why}", remedy);

    private static Func<string, (string?, string?, string)> If(Predicate<string> isRight, string why, string remedy) => text => isRight(text) ? Right(text) : Wrong(text, why, remedy);

    private static FieldKind Matching(string pattern, string why, string remedy) => Text with { Pattern = pattern, Read = If(text => Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), why, remedy) };

    private static FieldKind OrNone(FieldKind kind) => kind with { Pattern = $"{kind.Pattern}|^{PairFields.None}$", Read = text => text == PairFields.None ? (null, null, "") : kind.Read(text) };

    private static bool CanListen(string text) => AddressOf(text) is { Scheme: "http", PathAndQuery: "/" } address && (address.IsLoopback || address.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6);

    private static FieldKind Within<T>(FieldKind kind, string least, string most, Func<string, T> parse, Func<T, string> words)
        where T : IComparable<T> => kind with
        {
            Bounds = (least, most),
            Read = text => kind.Read(text) is var value && value.Problem is null && (parse(text).CompareTo(parse(least)) < 0 || parse(text).CompareTo(parse(most)) > 0)
                ? (null, $"is {words(parse(text))}", $"it must be from {words(parse(least))} to {words(parse(most))}")
                : value,
        };
}
