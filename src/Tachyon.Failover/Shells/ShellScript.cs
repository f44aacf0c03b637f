using System.Diagnostics.CodeAnalysis;

namespace Tachyon.Failover.Shells;

/// <summary>
/// POSIX <c>sh</c> text into which values come only quoted. <c>ShellScript.Create($"cat {path}")</c> puts <c>path</c>
/// between single quotes. No value gets into a script unquoted, so input from a host or an operator is
/// never read as code.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ShellScript : IEquatable<ShellScript>
{
    private ShellScript(string text) => Text = text;

    /// <summary>The text that <c>sh</c> reads.</summary>
    public string Text { get; }

    /// <summary>
    /// Makes a script from an interpolated string. The literal parts are code; every hole is data: a string is quoted,
    /// a number written in decimal digits, another script inserted unchanged.
    /// </summary>
    /// <exception cref="ArgumentException">A value holds a NUL character, which no argument of a program can carry.</exception>
    public static ShellScript Create(ShellScriptInterpolatedStringHandler script) => new(script.ToText());

    /// <summary>Joins scripts, a line each.</summary>
    public static ShellScript Lines(params IEnumerable<ShellScript> scripts) =>
        new(string.Join('\n', scripts.Select(script => script.Text)));

    /// <summary>Whether both have the same text.</summary>
    public static bool operator ==(ShellScript? left, ShellScript? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether their texts differ.</summary>
    public static bool operator !=(ShellScript? left, ShellScript? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] ShellScript? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as ShellScript);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
