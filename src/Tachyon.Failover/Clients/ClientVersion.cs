using System.Globalization;

namespace Tachyon.Failover.Clients;

/// <summary>A validator's program and its version, as one source tells it. Pure.</summary>
/// <param name="Family">The lineage of the program.</param>
/// <param name="Major">The first number of the version.</param>
/// <param name="Minor">The second number of the version.</param>
/// <param name="Text">The text as it was printed, for the operator.</param>
internal sealed record ClientVersion(ClientFamily Family, int Major, int Minor, string Text)
{
    /// <summary>
    /// Firedancer counts by year and month since 26.1 (src/app/firedancer/version.mk). Agave is far from such a number.
    /// </summary>
    private const int FirstYear = 20;

    /// <summary>
    /// Reads the version line of a program. Agave and what is built from it print a name before the number, <c>agave-validator 4.0.3 (src:…)</c>.
    /// <c>fdctl</c> and <c>firedancer</c> print the number and the commit alone (src/app/shared/commands/version.c): <c>0.909.40003 (…)</c>, <c>26.9.2 (…)</c>.
    /// </summary>
    /// <returns>The version; null if the line has none.</returns>
    public static ClientVersion? OfProgram(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [var bare, ..] && TryRead(bare, out var major, out var minor) ? new ClientVersion(OfBareNumber(major), major, minor, line)
            : words is [var name, var number, ..] && TryRead(number, out major, out minor) ? new ClientVersion(OfName(name), major, minor, line)
            : null;
    }

    /// <summary>Reads the answer to <c>getVersion</c>. Frankendancer answers with its own number, whose first part is 0.</summary>
    /// <returns>The version; null if it is none.</returns>
    public static ClientVersion? OfRunning(string version) =>
        !TryRead(version, out var major, out var minor) ? null
        : new ClientVersion(OfBareNumber(major) is var family and not ClientFamily.Unknown ? family : ClientFamily.Agave, major, minor, version);

    /// <summary>The lineage by the name of a program's file, or by the client that a node publishes in gossip.</summary>
    public static ClientFamily OfName(string name)
    {
        var file = name[(name.LastIndexOf('/') + 1)..];
        return Has("fdctl") || Has("fddev") || Has("frankendancer") ? ClientFamily.Frankendancer
            : Has("firedancer") ? ClientFamily.Firedancer
            : Has("validator") || Has("tachyon") ? ClientFamily.Agave
            : ClientFamily.Unknown;

        bool Has(string word) => file.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether it is this version or a later one.</summary>
    public bool IsAtLeast(int major, int minor) => (Major, Minor).CompareTo((major, minor)) >= 0;

    private static ClientFamily OfBareNumber(int major) =>
        major == 0 ? ClientFamily.Frankendancer
        : major >= FirstYear ? ClientFamily.Firedancer
        : ClientFamily.Unknown;

    private static bool TryRead(string number, out int major, out int minor)
    {
        var parts = number.Split('.');
        minor = 0;
        return int.TryParse(parts[0].TrimStart('v'), NumberStyles.None, CultureInfo.InvariantCulture, out major)
            && parts.Length > 1
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out minor);
    }
}
