namespace Tachyon.Failover.Pairs;

/// <summary>What a field's text is.</summary>
/// <param name="Value">The form that settings are bound from; null for none.</param>
/// <param name="Problem">Why the text is wrong, as it follows the field's name; null if it is right.</param>
/// <param name="Remedy">What to do about it.</param>
internal readonly record struct FieldValue(string? Value, string? Problem = null, string Remedy = "")
{
    public static FieldValue Wrong(string text, string why, string remedy) => new(null, $"is \"{text}\"{why}", remedy);
}
