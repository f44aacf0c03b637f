using System.Buffers.Binary;

namespace Tachyon.Failover.Towers;

/// <summary>Reads little-endian fields from a tower file and keeps the position.</summary>
internal ref struct TowerReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Offset { get; private set; }

    public readonly int Remaining => _bytes.Length - Offset;

    public ReadOnlySpan<byte> Bytes(int count, string field)
    {
        if (Remaining < count)
        {
            throw Error(_bytes.Length, $"the file ends within {field}, which starts at byte {Offset}");
        }

        Offset += count;
        return _bytes.Slice(Offset - count, count);
    }

    public byte Byte(string field) => Bytes(1, field)[0];

    public uint UInt32(string field) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint), field));

    public ulong UInt64(string field) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong), field));

    public long Int64(string field) => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long), field));

    public double Double(string field) => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(sizeof(double), field));

    /// <summary>A byte that is 0 or 1.</summary>
    public bool Flag(string field)
    {
        var start = Offset;
        var value = Byte(field);
        return value <= 1 ? value == 1 : throw Error(start, $"{field} is {value}, not 0 or 1");
    }

    /// <summary>Reads a count of items, each of a number of bytes.</summary>
    public int Count(int most, int size, string field)
    {
        var start = Offset;
        var count = UInt64(field);
        if (count > (ulong)most)
        {
            throw Error(start, $"{field} is {count}, and at most {most} are possible");
        }

        return (int)count * size <= Remaining
            ? (int)count
            : throw Error(_bytes.Length, $"{field} at byte {start} is {count}, and the file ends before that many");
    }

    /// <summary>Reads a count in a short vector's compact form. Counts here are small, so their shortest form is one byte.</summary>
    public int ShortCount(int most, string field)
    {
        var start = Offset;
        var value = Byte(field);
        return value <= most
            ? value
            : throw Error(start, $"{field} is not a number up to {most} in its shortest form (0x{value:x2})");
    }

    /// <summary>Reads a number in groups of seven bits, lowest first, in its shortest form.</summary>
    public ulong VarInt(string field)
    {
        var start = Offset;
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var group = Byte(field);
            var bits = (ulong)(group & 0x7f);
            if (bits << shift >> shift != bits)
            {
                break;
            }

            value |= bits << shift;
            if (group < 0x80)
            {
                return group != 0 || shift == 0 ? value : throw Error(start, $"{field} is not in its shortest form");
            }
        }

        throw Error(start, $"{field} does not fit into 64 bits");
    }

    /// <summary>The exception for an invalid field.</summary>
    public static TowerFormatException Error(int offset, string reason) =>
        new($"Not a tower: {reason} (byte {offset}).", offset);
}
