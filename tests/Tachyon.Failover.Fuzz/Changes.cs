namespace Tachyon.Failover.Fuzz;

/// <summary>Makes inputs from others, by a seed: the same seed gives the same inputs.</summary>
internal sealed class Changes(int seed, IReadOnlyList<byte[]> seeds)
{
    private const int MostBytes = 16_384;

    /// <summary>Where readers go wrong: the ends of numbers, of texts and of lists.</summary>
    private static readonly byte[][] Pieces =
    [
        .. new[] { "\0", "\n", "\r\n", "\e[2J", "\u202e", "\u2028", "[", "]", "{", "}", "\"", ":", ",", "\\ud800", "null", "-1", "NaN", "1e899", "18446744073709551616", "9223372036854775808", "0.01" }
            .Select(System.Text.Encoding.UTF8.GetBytes),
        [0xff], [0x80], [0xed, 0xa0, 0x80], [0xff, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 0, 0, 0, 0, 0],
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next input: one of the seeds with one to six changes.</summary>
    public byte[] Next()
    {
        var input = seeds[_random.Next(seeds.Count)].ToList();
        for (var left = _random.Next(1, 7); left > 0; left--)
        {
            Change(input);
        }

        return [.. input.Take(MostBytes)];
    }

    private void Change(List<byte> input)
    {
        var at = _random.Next(input.Count + 1);
        var count = Math.Min(_random.Next(1, 33), input.Count - at);
        switch (_random.Next(6))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)_random.Next(256);
                break;
            case 2:
                input.RemoveRange(at, count);
                break;
            case 3:
                input.InsertRange(_random.Next(input.Count + 1), input.GetRange(at, count));
                break;
            case 4 when _random.Next(4) == 0:
                input.RemoveRange(at, input.Count - at);
                break;
            default:
                input.InsertRange(at, Pieces[_random.Next(Pieces.Length)]);
                break;
        }
    }
}
