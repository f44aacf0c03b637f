using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Towers;

/// <summary>The recorded towers of real validators.</summary>
internal static class GoldenTowers
{
    public const string Full = "4-slot4791-tower-1_9-AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq.bin";
    public const string Other = "other-tower-1_9-3ZoTKAgigzSsb8egYi1VS7YZQ59KDk2HkrpMmY7QggwM.bin";
    public const string Young7 = "young-7votes-slot7-tower-1_9-qkb8LsVrSvFAShjK7Bi8BzbuUXyn59W3hPhWMD74swd.bin";
    public const string Young31 = "young-31votes-slot31-tower-1_9-qkb8LsVrSvFAShjK7Bi8BzbuUXyn59W3hPhWMD74swd.bin";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Golden", "towers");

    public static TheoryData<string> Names { get; } = [.. Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    /// <summary>Five consecutive towers of one identity, oldest first.</summary>
    public static Tower[] Consecutive { get; } =
        [.. Directory.GetFiles(Folder, "?-slot*").Order(StringComparer.Ordinal).Select(f => Tower.Decode(new TowerFile(File.ReadAllBytes(f))))];

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static Tower Load(string name) => Tower.Decode(new TowerFile(Bytes(name)));

    public static Pubkey Identity(string name) => Pubkey.Parse(name[(name.LastIndexOf('-') + 1)..^".bin".Length]);
}
