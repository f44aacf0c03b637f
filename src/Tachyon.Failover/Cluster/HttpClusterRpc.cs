using System.Text.Json.Nodes;
using Tachyon.Failover.Cluster.Wire;
using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Cluster;

/// <summary>The JSON-RPC of a node over HTTP, called directly or through a shell on the node's own host.</summary>
/// <remarks>
/// <para>
/// Thread-safe. Every call is one POST, has its own time limit (<see cref="HttpClusterRpcOptions.CallTimeLimit"/>), and may be
/// repeated. This class repeats it once, within the limit, if its connection ends before the answer begins: the server may just
/// have closed a connection that was kept open. A caller's cancellation is an <see cref="OperationCanceledException"/> with the caller's token;
/// every other error is a <see cref="ClusterRpcException"/>.
/// </para>
/// <para>
/// Messages name scheme, host and port of the endpoint only: its path and query may hold an API key, and are also removed from the
/// server's text.
/// </para>
/// <para>
/// An answer with an HTTP status other than 200 counts by its body if that is a JSON-RPC error for this request: the node has
/// answered, and a proxy has chosen the status. It is <see cref="ClusterRpcFailure.HttpError"/> otherwise, and with
/// status 429 always, because that concerns the caller, not the call.
/// </para>
/// </remarks>
public sealed class HttpClusterRpc : IClusterRpc, IDisposable
{
    private readonly JsonRpcOverHttp _rpc;
    private readonly HttpClient? _owned;
    private readonly ShellWay? _way;

    /// <summary>Calls an endpoint with the caller's client, which is not disposed. Its handlers, headers
    /// and time limit apply: it must not follow redirects, or another server's answer counts as this one's, and it should keep no cookies. If its <see cref="HttpClient.Timeout"/> is shorter than the time limit of a call, it counts.</summary>
    /// <param name="client">The client.</param>
    /// <param name="endpoint">An absolute <c>http</c> or <c>https</c> address, with a path and query if need be.</param>
    /// <param name="options">Time limit and size limit; null for the defaults.</param>
    /// <param name="timeProvider">The clock of the time limit; null for the system's.</param>
    /// <exception cref="ArgumentException">The endpoint is not such an address, or holds a user name.</exception>
    /// <exception cref="InvalidSettingsException">Options are out of bounds; the message holds all errors.</exception>
    public HttpClusterRpc(HttpClient client, Uri endpoint, HttpClusterRpcOptions? options = null, TimeProvider? timeProvider = null)
        : this(client, endpoint, shellName: null, way: null, options, timeProvider)
    {
    }

    private HttpClusterRpc(HttpClient client, Uri endpoint, string? shellName, ShellWay? way, HttpClusterRpcOptions? options, TimeProvider? timeProvider)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(endpoint);
        options = options?.Copy() ?? new HttpClusterRpcOptions();
        InvalidSettingsException.ThrowIfAny(options.Validate());
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException("The endpoint must be an absolute http or https address.", nameof(endpoint));
        }

        if (endpoint.UserInfo.Length > 0)
        {
            throw new ArgumentException("The endpoint holds a user name, which HttpClient does not send. Give the client an Authorization header instead.", nameof(endpoint));
        }

        (_owned, _way) = (way is null ? null : client, way);
        _rpc = new JsonRpcOverHttp(client, endpoint, new EndpointName(endpoint, shellName), options, timeProvider ?? TimeProvider.System, way);
    }

    /// <summary>Calls the RPC that a validator serves on 127.0.0.1 of its host, through a shell on that host.</summary>
    /// <param name="shell">The shell; it stays the caller's and must live longer than this.</param>
    /// <param name="port">The RPC port, 1 to 65535; validators use 8899 unless told otherwise.</param>
    /// <param name="options">Time limit and size limit; null for the defaults.</param>
    /// <param name="timeProvider">The clock of the time limit; null for the system's.</param>
    /// <returns>A client that keeps its connections open between calls. The next call opens a lost connection again; a
    /// shell that cannot connect is <see cref="ClusterRpcFailure.Unreachable"/>, with the <see cref="ShellException"/> inside. Dispose it.</returns>
    /// <exception cref="ArgumentException">The port is out of bounds.</exception>
    /// <exception cref="InvalidSettingsException">Options are out of bounds; the message holds all errors.</exception>
    public static HttpClusterRpc OverShell(IShell shell, int port, HttpClusterRpcOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(shell);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        options = options?.Copy() ?? new HttpClusterRpcOptions();
        InvalidSettingsException.ThrowIfAny(options.Validate());

        var way = new ShellWay(shell, port, options.ConnectTimeLimit, timeProvider ?? TimeProvider.System);
        var client = new HttpClient(ShellHandler(way, options), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        return new HttpClusterRpc(client, new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port).Uri, shell.Name, way, options, timeProvider);
    }

    /// <inheritdoc/>
    public Task<Pubkey> GetIdentityAsync(CancellationToken cancellationToken = default) =>
        _rpc.CallAsync("getIdentity", [], WireReader.Identity, cancellationToken);

    /// <inheritdoc/>
    public Task<NodeHealth> GetHealthAsync(CancellationToken cancellationToken = default) =>
        _rpc.CallAsync("getHealth", [], WireReader.Health, cancellationToken, IsIllHealth);

    /// <inheritdoc/>
    public Task<ulong> GetSlotAsync(Commitment commitment, CancellationToken cancellationToken = default) =>
        _rpc.CallAsync("getSlot", [At(commitment)], WireReader.Slot, cancellationToken);

    /// <inheritdoc/>
    public Task<EpochInfo> GetEpochInfoAsync(Commitment commitment, CancellationToken cancellationToken = default) =>
        _rpc.CallAsync("getEpochInfo", [At(commitment)], WireReader.EpochInfo, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ulong>?> GetLeaderScheduleAsync(ulong? slot, Pubkey identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return _rpc.CallAsync(
            "getLeaderSchedule",
            [slot, new JsonObject { ["identity"] = identity.ToString() }],
            result => WireReader.LeaderSchedule(result, identity),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<VoteAccount>> GetVoteAccountsAsync(Commitment commitment, Pubkey? voteAccount, CancellationToken cancellationToken = default)
    {
        var settings = At(commitment);
        if (voteAccount is not null)
        {
            settings["votePubkey"] = voteAccount.ToString();
        }

        return _rpc.CallAsync("getVoteAccounts", [settings], WireReader.VoteAccounts, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AccountInfo?> GetAccountInfoAsync(Pubkey account, Commitment commitment, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        var settings = At(commitment);
        settings["encoding"] = "jsonParsed";
        return _rpc.CallAsync("getAccountInfo", [account.ToString(), settings], WireReader.AccountInfo, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClusterNode>> GetClusterNodesAsync(CancellationToken cancellationToken = default) =>
        _rpc.CallAsync("getClusterNodes", [], WireReader.ClusterNodes, cancellationToken);

    /// <inheritdoc/>
    public Task<string> GetVersionAsync(CancellationToken cancellationToken = default) =>
        _rpc.CallAsync("getVersion", [], WireReader.Version, cancellationToken);

    /// <inheritdoc/>
    public Task<string> GetGenesisHashAsync(CancellationToken cancellationToken = default) =>
        _rpc.CallAsync("getGenesisHash", [], WireReader.Hash, cancellationToken);

    /// <inheritdoc/>
    public Task<bool?> GetAgGenesisCertAsync(CancellationToken cancellationToken = default) =>
        _rpc.CallAsync("getAgGenesisCert", [], WireReader.AgGenesisCert, cancellationToken, IsUnknownMethod);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ulong>> GetBlocksAsync(ulong first, ulong last, Commitment commitment, CancellationToken cancellationToken = default) =>
        _rpc.CallAsync("getBlocks", [first, last, At(commitment)], result => WireReader.Blocks(result, first, last), cancellationToken);

    /// <inheritdoc/>
    public Task<Block?> GetBlockAsync(ulong slot, Commitment commitment, CancellationToken cancellationToken = default)
    {
        var settings = At(commitment);
        settings["encoding"] = "json";
        settings["transactionDetails"] = "accounts";
        settings["rewards"] = false;
        settings["maxSupportedTransactionVersion"] = 0;
        return _rpc.CallAsync("getBlock", [slot, settings], result => WireReader.Block(result, slot), cancellationToken, IsNoBlock);
    }

    /// <summary>Closes the connections of <see cref="OverShell"/>, and ends the calls that use them. A client of the caller's is left alone.</summary>
    public void Dispose()
    {
        _owned?.Dispose();
        _way?.Dispose();
    }

    private static SocketsHttpHandler ShellHandler(ShellWay way, HttpClusterRpcOptions options) => new()
    {
        ConnectCallback = (_, cancellationToken) => way.ConnectAsync(cancellationToken),

        // A connect continues after its call was canceled. It must not continue for ever.
        ConnectTimeout = options.CallTimeLimit,

        // A survey asks a node six things at once. With fewer connections its calls wait for each other, a trip to the host each.
        MaxConnectionsPerServer = 6,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    };

    private static JsonObject At(Commitment commitment) => new()
    {
        ["commitment"] = commitment switch
        {
            Commitment.Processed => "processed",
            Commitment.Confirmed => "confirmed",
            Commitment.Finalized => "finalized",
            _ => throw new ArgumentOutOfRangeException(nameof(commitment), commitment, "No such commitment."),
        },
    };

    /// <summary>"Node is behind by N slots" and "Node is unhealthy" are valid answers.</summary>
    private static bool IsIllHealth(WireError error, out NodeHealth health)
    {
        const int NodeUnhealthy = -32005;
        health = error.Code == NodeUnhealthy ? WireReader.IllHealth(error) : null!;
        return error.Code == NodeUnhealthy;
    }

    /// <summary>A node before 4.2 does not know the method.</summary>
    private static bool IsUnknownMethod(WireError error, out bool? hasCert)
    {
        const int MethodNotFound = -32601;
        hasCert = null;
        return error.Code == MethodNotFound;
    }

    /// <summary>The five errors for a block that the node cannot show: cleaned up, not available, skipped, skipped or missing in the
    /// long-term storage, status not available yet.</summary>
    private static bool IsNoBlock(WireError error, out Block? block)
    {
        block = null;
        return error.Code is -32001 or -32004 or -32007 or -32009 or -32014;
    }
}
