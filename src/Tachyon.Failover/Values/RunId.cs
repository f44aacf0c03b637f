using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>Names a run: the same in its result, its journal entries, its log and its spans. The library makes version-7 GUIDs, which sort by the time of the run.</summary>
/// <remarks>Immutable. A value that was never set is the empty text.</remarks>
[JsonConverter(typeof(FailoverJsonConverter))]
public readonly struct RunId : IEquatable<RunId>, IParsable<RunId>
{
    /// <summary>The most characters of a run id.</summary>
    public const int MaximumLength = 64;

    private readonly string? _text;

    private RunId(string text) => _text = text;

    /// <summary>Whether both name the same run.</summary>
    public static bool operator ==(RunId left, RunId right) => left.Equals(right);

    /// <summary>Whether they name two runs.</summary>
    public static bool operator !=(RunId left, RunId right) => !left.Equals(right);

    /// <summary>Reads a run id.</summary>
    /// <param name="text">1 to <see cref="MaximumLength"/> letters, digits and hyphens of ASCII.</param>
    /// <exception cref="FormatException">It is no run id.</exception>
    public static RunId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"This is no run id: give 1 to {MaximumLength} letters, digits and hyphens.");

    /// <summary>Reads a run id; false if it is none.</summary>
    /// <param name="text">1 to <see cref="MaximumLength"/> letters, digits and hyphens of ASCII.</param>
    /// <param name="id">The run id.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out RunId id)
    {
        var isOne = text is { Length: > 0 and <= MaximumLength } && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        id = isOne ? new RunId(text!) : default;
        return isOne;
    }

    static RunId IParsable<RunId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<RunId>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RunId result) => TryParse(s, out result);

    /// <inheritdoc/>
    public bool Equals(RunId other) => ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RunId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The text.</summary>
    public override string ToString() => _text ?? "";

    /// <summary>The id of a run that begins now.</summary>
    internal static RunId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()).ToString());
}
