using System.Buffers;
using System.Buffers.Binary;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.Towers;

/// <summary>
/// Writes tower files, byte for byte as <c>tachyon-validator</c> 2.2 saves them. It is independent of the library's decoder, so that
/// each verifies the other. The caller is responsible for the contents: tests need towers that make no sense.
/// </summary>
/// <remarks>Pure; any thread.</remarks>
public static class TowerWriter
{
    private const uint CurrentVariant = 1;
    private const uint TowerSync = 3;
    private const int HashSize = 32;

    /// <summary>Writes and signs a tower.</summary>
    /// <param name="contents">The contents.</param>
    /// <param name="keypair">Signs it; a valid tower is signed by its <see cref="TowerContents.Node"/>.</param>
    /// <exception cref="ArgumentException">The contents cannot be written in this format at all.</exception>
    public static TowerFile Write(TowerContents contents, ValidatorKeypair keypair) => Sign(EncodeData(contents), keypair);

    /// <summary>Puts the header with variant, signature and length in front of the data.</summary>
    /// <param name="data">The data of <see cref="EncodeData"/>, or corrupted on purpose.</param>
    /// <param name="keypair">Signs them.</param>
    public static TowerFile Sign(ReadOnlySpan<byte> data, ValidatorKeypair keypair)
    {
        ArgumentNullException.ThrowIfNull(keypair);
        var file = new ArrayBufferWriter<byte>(data.Length + 76);
        WriteUInt32(file, CurrentVariant);
        file.Write(keypair.Sign(data));
        WriteUInt64(file, (ulong)data.Length);
        file.Write(data);
        return new TowerFile(file.WrittenSpan);
    }

    /// <summary>The signed data: the file without variant, signature and length.</summary>
    /// <exception cref="ArgumentException">The contents cannot be written in this format at all.</exception>
    public static byte[] EncodeData(TowerContents contents)
    {
        ArgumentNullException.ThrowIfNull(contents);
        var data = new ArrayBufferWriter<byte>(2304);
        data.Write(contents.Node.Bytes.Span);
        WriteUInt64(data, 8);
        WriteUInt64(data, BitConverter.DoubleToUInt64Bits(2d / 3));
        WriteVoteState(data, contents);
        WriteLastVote(data, contents);
        WriteTimestamp(data, contents.LastTimestamp);
        return data.WrittenSpan.ToArray();
    }

    private static void WriteVoteState(ArrayBufferWriter<byte> data, TowerContents contents)
    {
        WriteZeros(data, Pubkey.Length);
        WriteBytes(data, contents.AuthorizedWithdrawer?.Bytes ?? default, Pubkey.Length);
        WriteByte(data, 0);

        WriteUInt64(data, (ulong)contents.Votes.Count);
        foreach (var vote in contents.Votes)
        {
            WriteUInt64(data, vote.Slot);
            WriteUInt32(data, (uint)vote.ConfirmationCount);
        }

        WriteByte(data, contents.Root is null ? (byte)0 : (byte)1);
        if (contents.Root is { } root)
        {
            WriteUInt64(data, root);
        }

        // No authorized voters; 32 empty prior ones, an unwritten ring, which its last index and a
        // flag; no epoch credits.
        WriteUInt64(data, 0);
        WriteZeros(data, 32 * (Pubkey.Length + 16));
        WriteUInt64(data, 31);
        WriteByte(data, 1);
        WriteUInt64(data, 0);
        WriteTimestamp(data, default);
    }

    private static void WriteLastVote(ArrayBufferWriter<byte> data, TowerContents contents)
    {
        WriteUInt32(data, TowerSync);
        WriteUInt64(data, contents.Root ?? ulong.MaxValue);
        if (contents.Votes.Count >= 0x80)
        {
            throw new ArgumentException($"{contents.Votes.Count} votes are more than a tower can hold.", nameof(contents));
        }

        WriteByte(data, (byte)contents.Votes.Count);
        var before = contents.Root ?? 0;
        foreach (var vote in contents.Votes)
        {
            if (vote.Slot < before || vote.ConfirmationCount is < 0 or > byte.MaxValue)
            {
                throw new ArgumentException($"{vote} after slot {before} has no compact form.", nameof(contents));
            }

            WriteVarInt(data, vote.Slot - before);
            WriteByte(data, (byte)vote.ConfirmationCount);
            before = vote.Slot;
        }

        WriteBytes(data, contents.LastVoteHash, HashSize);
        WriteByte(data, contents.LastVoteUnixSeconds is null ? (byte)0 : (byte)1);
        if (contents.LastVoteUnixSeconds is { } seconds)
        {
            WriteUInt64(data, (ulong)seconds);
        }

        WriteBytes(data, contents.LastVoteBlockId, HashSize);
    }

    private static void WriteTimestamp(ArrayBufferWriter<byte> data, (ulong Slot, long UnixSeconds) timestamp)
    {
        WriteUInt64(data, timestamp.Slot);
        WriteUInt64(data, (ulong)timestamp.UnixSeconds);
    }

    private static void WriteVarInt(ArrayBufferWriter<byte> data, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            WriteByte(data, (byte)(value | 0x80));
        }

        WriteByte(data, (byte)value);
    }

    private static void WriteBytes(ArrayBufferWriter<byte> data, ReadOnlyMemory<byte> bytes, int size)
    {
        if (bytes.IsEmpty)
        {
            WriteZeros(data, size);
            return;
        }

        data.Write(bytes.Length == size ? bytes.Span : throw new ArgumentException($"{bytes.Length} bytes are not {size}.", nameof(bytes)));
    }

    private static void WriteZeros(ArrayBufferWriter<byte> data, int count)
    {
        data.GetSpan(count)[..count].Clear();
        data.Advance(count);
    }

    private static void WriteByte(ArrayBufferWriter<byte> data, byte value) => data.Write([value]);

    private static void WriteUInt32(ArrayBufferWriter<byte> data, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(data.GetSpan(sizeof(uint)), value);
        data.Advance(sizeof(uint));
    }

    private static void WriteUInt64(ArrayBufferWriter<byte> data, ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(data.GetSpan(sizeof(ulong)), value);
        data.Advance(sizeof(ulong));
    }
}
