using System.Globalization;
using Tachyon.Failover.Testing.Keypairs;

namespace Tachyon.Failover.Testing.StandIns.Validator;

/// <summary>Reads keypairs, and reports errors in the words of the real program.</summary>
internal static class KeypairFiles
{
    private const int Elements = 64;

    /// <summary>Reads a keypair file.</summary>
    /// <returns>The keypair, or the error.</returns>
    public static (ValidatorKeypair? Keypair, string? Error) Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "No such file or directory (os error 2)");
        }
        catch (Exception e) when (e is UnauthorizedAccessException)
        {
            return (null, Directory.Exists(path) ? "Is a directory (os error 21)" : "Permission denied (os error 13)");
        }
    }

    /// <summary>Reads the text of a keypair.</summary>
    public static (ValidatorKeypair? Keypair, string? Error) Parse(string text)
    {
        text = text.Trim();
        if (!text.StartsWith('[') || !text.EndsWith(']'))
        {
            return (null, "Input must be a JSON array");
        }

        var elements = text[1..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (elements.Length != Elements)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"Expected {Elements} elements, found {elements.Length}"));
        }

        if (!Array.TrueForAll(elements, element => byte.TryParse(element, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return (null, "invalid digit found in string");
        }

        try
        {
            return (ValidatorKeypair.FromJson(text), null);
        }
        catch (FormatException)
        {
            return (null, "signature error: Cannot decompress Edwards point");
        }
    }
}
