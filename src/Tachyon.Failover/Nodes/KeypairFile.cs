using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tachyon.Failover.Nodes;

/// <summary>
/// Keypair files, as far as this library reads them. Such a file is a JSON array of 64 numbers: the private half, then the public
/// one. A script on the host prints numbers 33 to 64 only, so that the private half never leaves the host.
/// </summary>
internal static class KeypairFile
{
    /// <summary>Reads the public half as the script prints it: 32 numbers separated by commas, with any white space.</summary>
    /// <param name="text">The output of the script.</param>
    /// <param name="pubkey">The key.</param>
    /// <param name="problem">
    /// Otherwise the error, as the end of a sentence that begins with the file. It never contains any of the text: if a script
    /// printed the wrong half, the private key must not get into a log.
    /// </param>
    public static bool TryParsePublicHalf(
        ReadOnlySpan<char> text,
        [NotNullWhen(true)] out Pubkey? pubkey,
        [NotNullWhen(false)] out string? problem)
    {
        pubkey = null;
        if (text.IsWhiteSpace())
        {
            problem = "is not a keypair: it has no numbers where the public half must be";
            return false;
        }

        Span<byte> bytes = stackalloc byte[Pubkey.Length];
        var count = 0;
        foreach (var range in text.Split(','))
        {
            if (count < bytes.Length && !TryParseByte(text[range].Trim(), out bytes[count]))
            {
                problem = $"is not a keypair: number {count + 1} of the public half is not a number from 0 to 255";
                return false;
            }

            count++;
        }

        if (count != bytes.Length)
        {
            problem = $"is not a keypair: its public half has {count} numbers, not {bytes.Length}";
            return false;
        }

        pubkey = new Pubkey(bytes);
        problem = null;
        return true;
    }

    // JSON allows no sign here, no leading zero and at most three digits.
    private static bool TryParseByte(ReadOnlySpan<char> text, out byte value) =>
        byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && (text.Length == 1 || text[0] != '0');
}
