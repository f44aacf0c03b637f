using System.ComponentModel;
using System.Diagnostics;

namespace Tachyon.Failover.Testing.Ssh;

/// <summary>Creates SSH keys for tests with OpenSSH's own <c>ssh-keygen</c>.</summary>
/// <remarks>Thread-safe.</remarks>
public static class SshKeygen
{
    /// <summary>Whether this machine has <c>ssh-keygen</c>.</summary>
    public static bool IsInstalled => FindProgram() is not null;

    /// <summary>Makes a key pair. A key that is there already is replaced.</summary>
    /// <param name="file">The private key. The public key gets the suffix <c>.pub</c>.</param>
    /// <param name="type">Its kind.</param>
    /// <param name="passphrase">The passphrase of the private key, null for none. It stands in an argument for a moment, so it must be
    /// one for tests only.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The type and the base64 of the public key, as <c>authorized_keys</c> and <c>known_hosts</c> have them.</returns>
    /// <exception cref="LoopbackSshdException"><c>ssh-keygen</c> is missing or failed.</exception>
    public static async Task<string> CreateKeyAsync(string file, SshKeyType type, string? passphrase = null, CancellationToken cancellationToken = default)
    {
        File.Delete(file);
        File.Delete(file + ".pub");
        string[] kind = type switch
        {
            SshKeyType.Ed25519 => ["-t", "ed25519"],
            SshKeyType.Rsa => ["-t", "rsa", "-b", "2048"],
            _ => ["-t", "ecdsa", "-b", "256"],
        };
        await RunAsync([.. kind, "-q", "-C", "tachyon-failover-test", "-N", passphrase ?? "", "-f", file], cancellationToken).ConfigureAwait(false);
        var words = (await File.ReadAllTextAsync(file + ".pub", cancellationToken).ConfigureAwait(false)).Split(' ');
        return $"{words[0]} {words[1]}";
    }

    /// <summary>The SHA-256 fingerprint of a key, with its prefix.</summary>
    /// <param name="file">A public or private key file.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="LoopbackSshdException"><c>ssh-keygen</c> is missing or failed.</exception>
    public static async Task<string> FingerprintAsync(string file, CancellationToken cancellationToken = default) =>
        (await RunAsync(["-l", "-f", file], cancellationToken).ConfigureAwait(false)).Split(' ')[1];

    /// <summary>Hashes the names of a <c>known_hosts</c> file in place.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="LoopbackSshdException"><c>ssh-keygen</c> is missing or failed.</exception>
    public static async Task HashNamesAsync(string file, CancellationToken cancellationToken = default) =>
        await RunAsync(["-H", "-f", file], cancellationToken).ConfigureAwait(false);

    // The full path: .NET searches the current folder first for a bare name.
    private static string? FindProgram() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, "ssh-keygen"))
        .FirstOrDefault(File.Exists);

    private static async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var program = FindProgram() ?? throw new LoopbackSshdException(LoopbackSshd.InstallationRemedy);
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start) ?? throw new LoopbackSshdException(LoopbackSshd.InstallationRemedy);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return process.ExitCode == 0
                ? output
                : throw new LoopbackSshdException($"ssh-keygen {arguments[0]} failed: {await error.ConfigureAwait(false)}");
        }
        catch (Win32Exception exception)
        {
            throw new LoopbackSshdException(LoopbackSshd.InstallationRemedy, exception);
        }
    }
}
