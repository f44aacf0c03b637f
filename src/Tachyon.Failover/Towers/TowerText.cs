namespace Tachyon.Failover.Towers;

/// <summary>Towers in the form of scripts: base64, because a conversation carries text.</summary>
internal static class TowerText
{
    /// <summary>The most bytes of a tower file: a full one has 2,319. A larger file is not read to its end.</summary>
    public const int MostBytes = 65536;

    public static string Encode(TowerFile tower) => Convert.ToBase64String(tower.Bytes.Span);

    public static CallResult<TowerFile> Decode(string text)
    {
        var bytes = new byte[text.Length];
        return !Convert.TryFromBase64String(text, bytes, out var written) ? CallResult.NotDone(CallFailure.Unrecognized, $"base64 printed something else: {text}")
            : written > MostBytes ? CallResult.NotDone(CallFailure.Unrecognized, $"the file has more than {MostBytes} bytes, and is no tower")
            : new TowerFile(bytes.AsSpan(0, written));
    }
}
