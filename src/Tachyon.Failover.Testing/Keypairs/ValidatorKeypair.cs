using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Tachyon.Failover.Testing.Keypairs;

/// <summary>
/// An Ed25519 keypair for a stand-in validator, and its file. Keys are derived from a seed, so that a run can
/// be repeated. The seed reveals them: use them for tests only.
/// </summary>
/// <remarks>Immutable; any thread.</remarks>
public sealed class ValidatorKeypair
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly byte[] _secret;

    private ValidatorKeypair(byte[] secret)
    {
        _secret = secret;
        Span<byte> publicKey = stackalloc byte[Pubkey.Length];
        Ed25519.GeneratePublicKey(secret, publicKey);
        Pubkey = new Pubkey(publicKey);
    }

    /// <summary>The public half.</summary>
    public Pubkey Pubkey { get; }

    /// <summary>Creates the keypair with this name in this run: always the same one.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="name">Distinguishes it from the run's other keypairs, such as <c>"staked"</c>.</param>
    public static ValidatorKeypair Generate(ulong seed, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var bytes = new byte[sizeof(ulong) + Encoding.UTF8.GetByteCount(name)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, seed);
        Encoding.UTF8.GetBytes(name, bytes.AsSpan(sizeof(ulong)));
        return new ValidatorKeypair(SHA256.HashData(bytes));
    }

    /// <summary>Reads a keypair from a file's text.</summary>
    /// <exception cref="FormatException">It is not a JSON array of 64 bytes, or its halves do not belong together.</exception>
    public static ValidatorKeypair FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        int[]? numbers;
        try
        {
            numbers = JsonSerializer.Deserialize<int[]>(json);
        }
        catch (JsonException e)
        {
            throw new FormatException("A keypair is a JSON array of 64 numbers from 0 to 255.", e);
        }

        if (numbers is null || numbers.Length != Ed25519.SecretKeySize + Pubkey.Length || Array.Exists(numbers, n => n is < 0 or > byte.MaxValue))
        {
            throw new FormatException("A keypair is a JSON array of 64 numbers from 0 to 255.");
        }

        var bytes = Array.ConvertAll(numbers, n => (byte)n);
        var keypair = new ValidatorKeypair(bytes[..Ed25519.SecretKeySize]);
        return keypair.Pubkey.Bytes.Span.SequenceEqual(bytes.AsSpan(Ed25519.SecretKeySize))
            ? keypair
            : throw new FormatException("The public half of the keypair does not belong to the private one.");
    }

    /// <summary>Reads a keypair file.</summary>
    /// <exception cref="FormatException">The file is not a keypair file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ValidatorKeypair Load(string path) => FromJson(File.ReadAllText(path));

    /// <summary>The text of the keypair file: a JSON array of 64 numbers, the private half first.</summary>
    public string ToJson() => $"[{string.Join(',', _secret.Concat(Pubkey.Bytes.ToArray()))}]";

    /// <summary>Writes the keypair file, or overwrites it. Except on Windows only its owner can read it (mode 0600).</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var stream = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            // A file that exists would keep its mode otherwise.
            File.SetUnixFileMode(stream.SafeFileHandle, OwnerOnly);
        }

        stream.Write(Encoding.ASCII.GetBytes(ToJson()));
    }

    /// <summary>Signs a message.</summary>
    /// <returns>The 64 bytes of the signature.</returns>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_secret, message, signature);
        return signature;
    }
}
