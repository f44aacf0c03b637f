using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Nodes;

/// <summary>Splits a byte stream of consecutive towers into towers. Each contains its own length.</summary>
internal static class TowerStream
{
    private const int HeaderLength = 4 + 64 + 8;
    private const int Variant = 1;

    // A full tower has 2,319 bytes; a much larger length is invalid.
    private const ulong MostData = 64 * 1024;

    /// <summary>Reads towers until the stream ends, breaks, or contains something else.</summary>
    public static async IAsyncEnumerable<TowerFile> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (await NextAsync(reader, cancellationToken).ConfigureAwait(false) is { } tower)
            {
                yield return tower;
            }
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static async Task<TowerFile?> NextAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            var header = await reader.ReadAtLeastAsync(HeaderLength, cancellationToken).ConfigureAwait(false);
            if (header.Buffer.Length < HeaderLength || LengthOf(header.Buffer) is not { } length)
            {
                return null;
            }

            reader.AdvanceTo(header.Buffer.Start);
            var whole = await reader.ReadAtLeastAsync(length, cancellationToken).ConfigureAwait(false);
            if (whole.Buffer.Length < length)
            {
                return null;
            }

            var tower = new TowerFile(whole.Buffer.Slice(0, length).ToArray());
            reader.AdvanceTo(whole.Buffer.GetPosition(length));
            return tower;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }

    private static int? LengthOf(ReadOnlySequence<byte> buffer)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        var data = BinaryPrimitives.ReadUInt64LittleEndian(header[68..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(header) == Variant && data <= MostData ? HeaderLength + (int)data : null;
    }
}
