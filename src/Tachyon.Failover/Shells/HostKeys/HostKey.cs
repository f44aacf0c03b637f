using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tachyon.Failover.Shells.HostKeys;

/// <summary>A public key of a host, in the byte format that the SSH protocol and <c>known_hosts</c> share.</summary>
internal sealed class HostKey
{
    private readonly byte[] _blob;

    public HostKey(byte[] blob)
    {
        _blob = blob;
        Type = ReadType(blob) ?? "unknown";
        Fingerprint = "SHA256:" + Convert.ToBase64String(SHA256.HashData(blob)).TrimEnd('=');
    }

    /// <summary>The type of the key, such as <c>ssh-rsa</c>, independent of the signature algorithm.</summary>
    public string Type { get; }

    public string Fingerprint { get; }

    public string Base64 => Convert.ToBase64String(_blob);

    public bool IsSameAs(HostKey other) => _blob.AsSpan().SequenceEqual(other._blob);

    /// <summary>The line of <c>known_hosts</c> that makes the key trusted.</summary>
    public string KnownHostsLine(string host, int port) => $"{KnownHostsFile.NameOf(host, port)} {Type} {Base64}";

    private static string? ReadType(ReadOnlySpan<byte> blob)
    {
        if (blob.Length < 4)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(blob);
        return length is 0 or > 64 || length > blob.Length - 4 ? null : Encoding.ASCII.GetString(blob.Slice(4, (int)length));
    }
}
