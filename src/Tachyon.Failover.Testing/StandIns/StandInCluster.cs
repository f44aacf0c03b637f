using System.Globalization;
using System.Text;
using System.Text.Json;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.StandIns.Cluster;
using Tachyon.Failover.Testing.StandIns.Launching;
using Tachyon.Failover.Testing.StandIns.Wire;

namespace Tachyon.Failover.Testing.StandIns;

/// <summary>
/// A simulated cluster of real processes: one makes the blocks and takes the votes, two are stand-in validators that share a
/// vote account. Node a has the staked identity; node b is inactive. It starts in two or three seconds; both are caught up
/// after that, and a votes.
/// </summary>
/// <remarks>Thread-safe. Linux only. Disposing it ends the processes and leaves the folder.</remarks>
public sealed class StandInCluster : IAsyncDisposable
{
    private const int SocketPathLimit = 107;

    private readonly StandInClusterOptions _options;
    private readonly HttpClient _http = new();
    private ChildProcess? _process;

    private StandInCluster(StandInClusterOptions options)
    {
        _options = options;
        var staked = KeypairOf("staked");
        StakedIdentity = staked.Pubkey;
        VoteAccount = KeypairOf("vote account").Pubkey;
        A = new StandInNode(options, "a", StakedIdentity, ArgumentsOf);
        B = new StandInNode(options, "b", StakedIdentity, ArgumentsOf);
    }

    /// <summary>The node that starts as the active one.</summary>
    public StandInNode A { get; }

    /// <summary>The node that starts as the inactive one.</summary>
    public StandInNode B { get; }

    /// <summary>Both nodes.</summary>
    public IReadOnlyList<StandInNode> Nodes => [A, B];

    /// <summary>The cluster's JSON-RPC. No fault of a node affects it.</summary>
    public Uri RpcUri { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The vote account.</summary>
    public Pubkey VoteAccount { get; }

    /// <summary>The identity that the vote account names as its node.</summary>
    public Pubkey StakedIdentity { get; }

    /// <summary>The program <c>tachyon-validator</c>.</summary>
    public string Program => A.Program;

    private int LinkPort { get; set; }

    /// <summary>Starts a simulated cluster.</summary>
    /// <param name="options">The options of the cluster.</param>
    /// <param name="cancellationToken">Cancels the start. No process remains.</param>
    /// <exception cref="StandInException">The cluster does not start. The message contains the output of its processes.</exception>
    /// <exception cref="ArgumentException">The options are wrong. The message names all errors.</exception>
    public static async Task<StandInCluster> StartAsync(StandInClusterOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        StandInClusterOptions.Validate(options);
        var cluster = new StandInCluster(options);
        try
        {
            await cluster.StartAsync(cancellationToken).ConfigureAwait(false);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Asks the cluster process for the chain's report.</summary>
    /// <param name="fromSlot">The first slot of the report; 0 for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="StandInException">It does not answer.</exception>
    public async Task<ChainReport> GetChainReportAsync(ulong fromSlot = 0, CancellationToken cancellationToken = default)
    {
        using var answer = await AskAsync(ClusterMethods.ChainReportMethod, fromSlot.ToString(CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
        return answer.RootElement.GetProperty("result").Deserialize(WireJson.Default.ChainReport)!;
    }

    /// <summary>
    /// The chain's report after the identity has moved. It waits until votes have landed for four blocks in a row after the first, or for 64 slots. Earlier blocks tell nothing
    /// of the move, since the other node voted for them.
    /// </summary>
    /// <param name="fromSlot">The first slot of the report.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="StandInException">The cluster does not answer.</exception>
    public async Task<ChainReport> GetSettledReportAsync(ulong fromSlot, CancellationToken cancellationToken = default)
    {
        const int Calm = 4;

        // After a tower that lacks a vote, 31 votes in a row are refused. Twice as many slots are enough to see it.
        const ulong LongestTrouble = 64;

        var moved = await GetSlotAsync(cancellationToken).ConfigureAwait(false);
        var last = moved;
        while (true)
        {
            await WaitForSlotAsync(last += Calm, cancellationToken).ConfigureAwait(false);
            var report = await GetChainReportAsync(fromSlot, cancellationToken).ConfigureAwait(false);

            // Votes for the newest slots may still land.
            var newest = report.Slots.Where(slot => slot.HasBlock && slot.Slot > moved && slot.Slot + Calm <= report.LastSlot).TakeLast(Calm).ToArray();
            if (last > moved + LongestTrouble || (newest.Length == Calm && Array.TrueForAll(newest, slot => slot.HasLandedVote)))
            {
                return report;
            }
        }
    }

    /// <summary>Sets the answer of the cluster's JSON-RPC to a method from now on.</summary>
    /// <exception cref="StandInException">The cluster does not answer.</exception>
    public Task SetRpcAnswerAsync(StandInRpcAnswer answer, CancellationToken cancellationToken = default) =>
        _process!.OrderAsync(new ControlMessage { RpcAnswer = answer }, cancellationToken);

    /// <summary>Lets the cluster's JSON-RPC answer truthfully again.</summary>
    /// <exception cref="StandInException">The cluster does not answer.</exception>
    public Task ClearRpcAnswersAsync(CancellationToken cancellationToken = default) =>
        _process!.OrderAsync(new ControlMessage { ClearRpcAnswers = true }, cancellationToken);

    /// <summary>
    /// Cuts a node's network: no block reaches it, no vote leaves it, and its ports are closed to others. It continues with its old state. Its own 127.0.0.1 still reaches it, as a login
    /// over another network would. May be repeated.
    /// </summary>
    /// <exception cref="StandInException">The cluster or the node does not answer.</exception>
    public async Task CutOffAsync(StandInNode node, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        await _process!.OrderAsync(new ControlMessage { CutOff = node.Name }, cancellationToken).ConfigureAwait(false);
        await node.SetReachableAsync(isReachable: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Restores the network that <see cref="CutOffAsync"/> has cut: the node gets the blocks that it has missed. The votes that it has sent in between are lost. May be repeated.</summary>
    /// <exception cref="StandInException">The cluster or the node does not answer.</exception>
    public async Task ReconnectAsync(StandInNode node, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        await node.SetReachableAsync(isReachable: true, cancellationToken).ConfigureAwait(false);
        await _process!.OrderAsync(new ControlMessage { Reconnect = node.Name }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest slot that has a block.</summary>
    /// <exception cref="StandInException">The cluster does not answer.</exception>
    public async Task<ulong> GetSlotAsync(CancellationToken cancellationToken = default)
    {
        using var answer = await AskAsync("getSlot", """{"commitment":"processed"}""", cancellationToken).ConfigureAwait(false);
        return answer.RootElement.GetProperty("result").GetUInt64();
    }

    /// <summary>Waits until the chain has reached a slot.</summary>
    /// <exception cref="StandInException">The cluster does not answer.</exception>
    public async Task WaitForSlotAsync(ulong slot, CancellationToken cancellationToken = default)
    {
        while (await GetSlotAsync(cancellationToken).ConfigureAwait(false) < slot)
        {
            await Task.Delay(_options.SlotDuration / 8, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(A.EndAsync().AsTask(), B.EndAsync().AsTask()).ConfigureAwait(false);
        if (_process is not null)
        {
            await _process.DisposeAsync().ConfigureAwait(false);
        }

        _http.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        MakeFolders();
        var (process, ready) = await ChildProcess.StartAsync(
            "cluster", ["cluster", Path.Combine(_options.Folder, "cluster.json")], _options.TimeLimit, cancellationToken).ConfigureAwait(false);
        _process = process;
        RpcUri = new Uri($"http://127.0.0.1:{ready.RpcPort}/");
        LinkPort = ready.LinkPort ?? 0;
        var fromSlot = await GetSlotAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(A.StartAsync(TimeSpan.Zero, cancellationToken), B.StartAsync(TimeSpan.Zero, cancellationToken)).ConfigureAwait(false);

        // No slot passes before both are connected, so that the report has no gap at its beginning.
        await process.OrderAsync(new ControlMessage { Go = true }, cancellationToken).ConfigureAwait(false);
        if (_options.Voters != StandInVoters.Neither)
        {
            await WaitForVoteAsync(fromSlot, cancellationToken).ConfigureAwait(false);
        }
    }

    private void MakeFolders()
    {
        foreach (var node in Nodes)
        {
            var socket = Path.Combine(node.Ledger, "admin.rpc");
            if (Encoding.UTF8.GetByteCount(socket) > SocketPathLimit)
            {
                throw new StandInException($"The path of the socket {socket} has more than {SocketPathLimit} bytes, which unix sockets cannot have. Use a shorter folder.");
            }

            node.MakeFolders(KeypairOf("staked"), isActive: node == A);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Program)!);
        CommandProgram.Write(Program, _options.Client);
        var options = new ClusterProcessOptions
        {
            Client = _options.Client,
            Seed = _options.Seed,
            SlotMilliseconds = _options.SlotDuration.TotalMilliseconds,
            SlotsPerEpoch = _options.SlotsPerEpoch,
            StartSlot = _options.StartSlot,
            SkippedSlots = _options.SkippedSlots,
            LateVotes = _options.LateVotes,
            LostVotes = _options.LostVotes,
            LeaderShare = _options.LeaderShare,
            Staked = StakedIdentity.ToString(),
            VoteAccount = VoteAccount.ToString(),
            Big = KeypairOf("big").Pubkey.ToString(),
            BigVoteAccount = KeypairOf("big vote account").Pubkey.ToString(),
            HistoryNode = A.Name,
        };
        File.WriteAllText(Path.Combine(_options.Folder, "cluster.json"), JsonSerializer.Serialize(options, WireJson.Default.ClusterProcessOptions));
    }

    /// <summary>Waits until a vote of node a has landed: the whole way works then, and its tower exists.</summary>
    private async Task WaitForVoteAsync(ulong fromSlot, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.TimeLimit, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while (!(await GetChainReportAsync(fromSlot, both.Token).ConfigureAwait(false)).Slots.Any(slot => slot.HasLandedVote))
            {
                await Task.Delay(_options.SlotDuration / 8, TimeProvider.System, both.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StandInException($"Node a does not vote. Its log:\n{await File.ReadAllTextAsync(A.Log, cancellationToken).ConfigureAwait(false)}", e);
        }
    }

    private List<string> ArgumentsOf(StandInNode node, TimeSpan startTime)
    {
        var arguments = new List<string>
        {
            "--node", node.Name,
            "--identity", node.IdentityLink,
            "--ledger", node.Ledger,
            "--vote-account", VoteAccount.ToString(),
            "--vote-account-node", StakedIdentity.ToString(),
            "--link-port", LinkPort.ToString(CultureInfo.InvariantCulture),
            "--cluster-rpc-port", RpcUri.Port.ToString(CultureInfo.InvariantCulture),
            "--rpc-port", node.RpcPort.ToString(CultureInfo.InvariantCulture),
            "--reachable", node.IsCutOff ? "false" : "true",
            "--client", _options.Client.ToString(),
            "--seed", _options.Seed.ToString(CultureInfo.InvariantCulture),
            "--start-milliseconds", startTime.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
            "--slot-milliseconds", _options.SlotDuration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
        };
        if (_options.Voters == StandInVoters.Both || (_options.Voters == StandInVoters.OnlyA && node == A))
        {
            arguments.AddRange(["--authorized-voter", node.StakedKeypair]);
        }

        foreach (var (option, value) in node.StartOptions)
        {
            if (arguments.IndexOf(option) is >= 0 and var there)
            {
                arguments.RemoveRange(there, 2);
            }

            arguments.AddRange(value switch { null => [], "" => [option], _ => (string[])[option, value] });
        }

        return arguments;
    }

    private ValidatorKeypair KeypairOf(string name) => ValidatorKeypair.Generate(_options.Seed, name);

    private async Task<JsonDocument> AskAsync(string method, string parameter, CancellationToken cancellationToken)
    {
        using var content = new StringContent($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":[{{parameter}}]}""", Encoding.UTF8, "application/json");
        try
        {
            using var response = await _http.PostAsync(RpcUri, content, cancellationToken).ConfigureAwait(false);
            return await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new StandInException("The cluster process does not answer.", e);
        }
    }
}
