using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Security;
using Tachyon.Failover.Shells.HostKeys;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover.Shells.Ssh;

/// <summary>Opens connections: key file, host key, login. Each failure names a remedy for the operator.</summary>
internal sealed class SshNetConnector
{
    private readonly SshNetShellOptions _options;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ILoggerFactory? _loggerFactory;

    public SshNetConnector(SshNetShellOptions options, string name, TimeProvider time, ILogger logger, ILoggerFactory? loggerFactory)
    {
        _options = options;
        _name = name;
        _time = time;
        _logger = logger;
        _loggerFactory = loggerFactory;
    }

    /// <summary>Connects and logs in.</summary>
    /// <exception cref="ShellException">One of them failed.</exception>
    public Task<SshNetConnection> ConnectAsync(CancellationToken cancellationToken) => WithinLimitAsync(
        async both =>
        {
            var client = await LogInAsync(info => new SshClient(info), both).ConfigureAwait(false);
            var connection = new SshNetConnection(client, _options, _name, _time, _logger);
            connection.BeginKeepAlive();
            return connection;
        },
        cancellationToken);

    /// <summary>Connects and logs in for SFTP, beside the shell's own connection.</summary>
    /// <exception cref="ShellException">It failed.</exception>
    public Task<SshNetFiles> OpenFilesAsync(CancellationToken cancellationToken) => WithinLimitAsync(
        async both => new SshNetFiles(await LogInAsync(info => new SftpClient(info), both).ConfigureAwait(false)),
        cancellationToken);

    private async Task<T> WithinLimitAsync<T>(Func<CancellationToken, Task<T>> connect, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.ConnectTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await connect(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(ShellFailure.Unreachable, FormattableString.Invariant($"no login within {_options.ConnectTimeout.TotalSeconds:0.###} s. Remedy: check that {_options.Host} answers on port {_options.Port}"), exception);
        }
    }

    private async Task<TClient> LogInAsync<TClient>(Func<ConnectionInfo, TClient> make, CancellationToken cancellationToken)
        where TClient : BaseClient
    {
        // SSH.NET blocks the connecting thread for the key exchange and the login.
        var connecting = Task.Factory.StartNew(
            () => LogIn(make, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return await connecting.OrClosedLateAsync(cancellationToken).ConfigureAwait(false);
    }

    private TClient LogIn<TClient>(Func<ConnectionInfo, TClient> make, CancellationToken cancellationToken)
        where TClient : BaseClient
    {
        string? refusal = null;
        using var key = LoadKey();
        using var login = new PrivateKeyAuthenticationMethod(_options.User, key);
        var client = make(CreateConnectionInfo(login));
        client.HostKeyReceived += (_, shown) =>
        {
            // SSH.NET trusts by default.
            shown.CanTrust = false;
            refusal = Refuse(new HostKey(shown.HostKey));
            shown.CanTrust = refusal is null;
        };

        try
        {
            // Not ConnectAsync: after the TCP connection it continues on a pool thread, and blocks that until the login is done.
            client.Connect();
            cancellationToken.ThrowIfCancellationRequested();
            if (!client.IsConnected)
            {
                throw new SshConnectionException("the connection was closed during the login");
            }

            // From here on the shell's own limits apply. SSH.NET would apply this one to every wait, also to a write to a slow script.
            client.ConnectionInfo.Timeout = Timeout.InfiniteTimeSpan;
            FailoverLog.ShellConnected(_logger, _name, client.ConnectionInfo.CurrentHostKeyAlgorithm, client.ConnectionInfo.ServerVersion);
            return client;
        }
        catch (Exception exception)
        {
            client.Dispose();
            if (exception is OperationCanceledException)
            {
                throw;
            }

            throw refusal is null ? Explain(exception, key) : Failed(ShellFailure.HostKeyRefused, refusal, exception);
        }
    }

    private string? Refuse(HostKey key)
    {
        try
        {
            return _options.HostKeys.Refuse(_options.Host, _options.Port, key);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"the host shows the {key.Type} key {key.Fingerprint}, and what is known of it cannot be read: {exception.Message} Remedy: make the file readable";
        }
    }

    private ConnectionInfo CreateConnectionInfo(PrivateKeyAuthenticationMethod login)
    {
        var info = new ConnectionInfo(_options.Host, _options.Port, _options.User, login)
        {
            Timeout = _options.ConnectTimeout,

            // The host limits the number of sessions. SSH.NET's own limit would make the caller wait without end.
            MaxSessions = int.MaxValue,

            // Retried at once: sshd counts a closed channel until it has processed the close.
            RetryAttempts = 3,

            // A host confirms the end of a channel only after its script has ended, and no caller waits for that.
            ChannelCloseTimeout = TimeSpan.Zero,
            LoggerFactory = _loggerFactory,
        };
        RemoveWeakAlgorithms(info);
        OrderHostKeyAlgorithms(info);
        return info;
    }

    // OpenSSH has not offered these for years: key exchanges with SHA-1, ciphers in CBC mode, and MACs with MD5 or shortened. SSH.NET still does.
    private static void RemoveWeakAlgorithms(ConnectionInfo info)
    {
        Remove(info.KeyExchangeAlgorithms, static name => name.EndsWith("-sha1", StringComparison.Ordinal));
        Remove(info.Encryptions, static name => name.EndsWith("-cbc", StringComparison.Ordinal));
        Remove(info.HmacAlgorithms, static name => name.Contains("md5", StringComparison.Ordinal) || name.Contains("-96", StringComparison.Ordinal));

        static void Remove<T>(IDictionary<string, T> offered, Func<string, bool> isWeak)
        {
            foreach (var name in offered.Keys.Where(isWeak).ToList())
            {
                offered.Remove(name);
            }
        }
    }

    // The host uses the first offered key type that it has. So the types that can be checked come first, as in OpenSSH. Certificates
    // are not offered because they cannot be checked; nor are SHA-1 signatures, which OpenSSH dropped as well.
    private void OrderHostKeyAlgorithms(ConnectionInfo info)
    {
        IReadOnlyList<string> preferred;
        try
        {
            preferred = _options.HostKeys.PreferredKeyTypes(_options.Host, _options.Port);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(ShellFailure.HostKeyRefused, $"what is known of the host's key cannot be read: {exception.Message} Remedy: make the file readable", exception);
        }

        var algorithms = info.HostKeyAlgorithms
            .Where(algorithm => algorithm.Key != "ssh-rsa" && !algorithm.Key.Contains("-cert-", StringComparison.Ordinal))
            .OrderBy(algorithm => preferred.Contains(KeyTypeOf(algorithm.Key), StringComparer.Ordinal) ? 0 : 1)
            .ToList();
        info.HostKeyAlgorithms.Clear();
        foreach (var (name, create) in algorithms)
        {
            info.HostKeyAlgorithms.Add(name, create);
        }
    }

    private static string KeyTypeOf(string algorithm) => algorithm is "rsa-sha2-512" or "rsa-sha2-256" ? "ssh-rsa" : algorithm;

    private PrivateKeyFile LoadKey()
    {
        try
        {
            return new PrivateKeyFile(_options.KeyFile);
        }
        catch (SshPassPhraseNullOrEmptyException exception)
        {
            return LoadKey(exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw KeyUnusable($"cannot be used: {exception.Message.TrimEnd('.')}", "give a readable Ed25519, RSA or ECDSA key as ssh-keygen writes it", exception);
        }
    }

    private PrivateKeyFile LoadKey(Exception encrypted)
    {
        string? passphrase;
        try
        {
            passphrase = _options.KeyPassphrase?.Invoke();
        }
        catch (Exception exception)
        {
            // The message of the exception might contain the passphrase.
            throw KeyUnusable($"has a passphrase, and its provider threw a {exception.GetType().Name}", "find out why the provider fails", null);
        }

        if (string.IsNullOrEmpty(passphrase))
        {
            throw KeyUnusable("has a passphrase, and none was provided", $"set {nameof(SshNetShellOptions.KeyPassphrase)}, or give a key without one", encrypted);
        }

        try
        {
            return new PrivateKeyFile(_options.KeyFile, passphrase);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw KeyUnusable("was not opened by the passphrase provided", "provide the right one; `ssh-keygen -y -f` with the file checks it", null);
        }
    }

    private ShellException KeyUnusable(string what, string remedy, Exception? exception) =>
        Failed(ShellFailure.KeyFileUnusable, $"the key file {_options.KeyFile} {what}. Remedy: {remedy}", exception);

    private ShellException Explain(Exception exception, PrivateKeyFile key) => exception switch
    {
        SshAuthenticationException => Failed(
            ShellFailure.AuthenticationRefused,
            $"the host does not accept the key {_options.KeyFile} ({FingerprintOf(key)}) for user {_options.User}: {exception.Message.TrimEnd('.')}. "
                + "Remedy: add its public half to ~/.ssh/authorized_keys of that user on the host, or give another key or user",
            exception),
        SshOperationTimeoutException => Failed(
            ShellFailure.Unreachable,
            FormattableString.Invariant($"no login within {_options.ConnectTimeout.TotalSeconds:0.###} s. Remedy: check that {_options.Host} answers on port {_options.Port}"),
            exception),
        SocketException socket => Failed(
            ShellFailure.Unreachable,
            $"no connection: {socket.Message.TrimEnd('.')}. Remedy: check that the name and port are right, that sshd runs, and that no firewall blocks it",
            exception),
        _ => Failed(
            ShellFailure.Unreachable,
            $"no SSH connection: {exception.Message.TrimEnd('.')}. Remedy: find the reason in the sshd log of the host",
            exception),
    };

    private ShellException Failed(ShellFailure failure, string what, Exception? exception)
    {
        FailoverLog.ShellNotConnected(_logger, _name, what);
        return new ShellException(failure, _name, $"{_name}: {what}", exception);
    }

    private static string FingerprintOf(PrivateKeyFile key) => key.HostKeyAlgorithms.OfType<KeyHostAlgorithm>().FirstOrDefault() is { } algorithm
        ? "SHA256:" + Convert.ToBase64String(SHA256.HashData(algorithm.Data)).TrimEnd('=')
        : "fingerprint unknown";
}
