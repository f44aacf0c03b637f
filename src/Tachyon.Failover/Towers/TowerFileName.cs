using System.Diagnostics.CodeAnalysis;

namespace Tachyon.Failover.Towers;

/// <summary>The file name of an identity's tower: <c>tower-1_9-PUBKEY.bin</c>.</summary>
/// <remarks>Immutable. A name without a folder; the validator's settings name the folder.</remarks>
internal sealed record TowerFileName
{
    private const string Prefix = "tower-1_9-";
    private const string Suffix = ".bin";

    /// <summary>The name of this identity's tower.</summary>
    public TowerFileName(Pubkey identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        Identity = identity;
    }

    /// <summary>The identity that the tower belongs to.</summary>
    public Pubkey Identity { get; }

    /// <summary>Parses a name.</summary>
    /// <returns>False if no validator reads or writes a tower with such a name.</returns>
    public static bool TryParse([NotNullWhen(true)] string? name, [NotNullWhen(true)] out TowerFileName? towerFileName)
    {
        towerFileName = null;
        if (name is null
            || name.Length < Prefix.Length + Suffix.Length
            || !name.StartsWith(Prefix, StringComparison.Ordinal)
            || !name.EndsWith(Suffix, StringComparison.Ordinal)
            || !Pubkey.TryParse(name[Prefix.Length..^Suffix.Length], out var identity))
        {
            return false;
        }

        towerFileName = new TowerFileName(identity);
        return true;
    }

    /// <summary>The name.</summary>
    public override string ToString() => $"{Prefix}{Identity}{Suffix}";
}
