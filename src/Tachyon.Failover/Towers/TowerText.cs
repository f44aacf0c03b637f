namespace Tachyon.Failover.Towers;

/// <summary>Towers in the form of scripts: base64, because a conversation carries text.</summary>
internal static class TowerText
{
    public static string Encode(TowerFile tower) => Convert.ToBase64String(tower.Bytes.Span);

    public static CallResult<TowerFile> Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written)
            ? new TowerFile(bytes.AsSpan(0, written))
            : CallResult.NotDone(CallFailure.Unrecognized, $"base64 printed something else: {text}");
    }
}
