using System.Text;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Shells.HostKeys;
using Tachyon.Failover.Shells.OpenSsh;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Fuzz;

/// <summary>Every reader of bytes that a node, an RPC, a server, a file or a stranger wrote.</summary>
internal static class ForeignReaders
{
    private static readonly Pubkey Key = Pubkey.Parse("AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq");

    private static readonly ValidatorNodeSettings Node = new()
    {
        Name = "north", Ledger = "/mnt/ledger", IdentityLink = "/home/sol/identity.json", StakedKeypair = "/home/sol/staked.json", UnstakedKeypair = "/home/sol/unstaked.json",
    };

    public static IReadOnlyList<ForeignReader> All { get; } =
    [
        new("tower", [.. Corpus.Files("*tower-*.bin")], static bytes => Tower.Decode(new TowerFile(bytes)), typeof(FailoverException)),
        Text("tower as base64", [.. Corpus.InBase64("*tower-*.bin")], static text => TowerText.Decode(text)),
        Text("name of a tower file", [.. Corpus.Texts("tower-1_9-AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq.bin")], static text => _ = TowerFileName.TryParse(text, out _)),
        new("stream of towers", [.. Corpus.Files("*tower-*.bin")], static bytes => TowerStream.ReadAsync(new MemoryStream(bytes), CancellationToken.None).ToListAsync().AsTask().GetAwaiter().GetResult()),
        Text("public half of a keypair", [.. Corpus.Texts(string.Join(", ", Enumerable.Range(0, 32)))], static text => _ = KeypairFile.TryParsePublicHalf(text, out _, out _)),
        Text("pubkey", [.. Corpus.Texts(Key.ToString())], static text => _ = Pubkey.TryParse(text, out _)),
        Text("known_hosts", [.. Corpus.Texts("h,[h]:22 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGIoeEFKC2kl6Ywqjx2C1FRLCbAJQ7SNv3DIDv4SKbXb x\n@revoked *.h,!a ssh-rsa AAAA\n|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-rsa AAAA\n")], static text => KnownHostsFile.Parse(text).KeyTypes("h", 22)),
        new("key of a host", [[0, 0, 0, 11, .. "ssh-ed25519"u8, 0, 0, 0, 32, .. new byte[32]]], static bytes => _ = new HostKey(bytes).KnownHostsLine("h", 22)),
        new("JSON-RPC", [.. Corpus.Answers(), .. Corpus.Texts("""{"jsonrpc":"2.0","result":5,"id":1}""", """{"jsonrpc":"2.0","error":{"code":-32005,"message":"behind"},"id":1}""", """{"jsonrpc":"2.0","result":{"current":[],"delinquent":[]},"id":1}""")], Ask, typeof(ClusterRpcException)),
        Text("contact-info", [.. Corpus.Texts($"Identity: {Key}\nGossip: 127.0.0.1:8001\nTPU: none\nRPC: [::1]:8899\nShred Version: 50093\n")], static text => _ = ContactInfoText.TryParse(text, out _)),
        Text("words of the program", [.. Corpus.Files("cli.json"), .. Corpus.Texts("error: Connection refused (os error 111)", "New identity: x")], static text => ValidatorWords.Recognise(ScriptAnswer.Answered(1, text))),
        Text("inspection", [.. Corpus.Files("inspection-*"), .. Corpus.Texts("searchable\nsocket 1700000000000000000\nprocess 12\nledger same /mnt/ledger\nstaked 1,2,3\nreadable-by-others /x\nheld a\n")], static text => NodeInspectionReader.Read(text, Node)),
        Text("probe of a ledger", [.. Corpus.Files("inspection-*"), .. Corpus.Texts("searchable\nsocket 1700000000000000000\nprocess 12\nasked 1\nerror: Connection refused\n")], static text => LedgerProbe.Read(text, Node)),
        Text("words of ssh", [.. Corpus.Files("sshwords-*"), .. Corpus.Texts("Host key verification failed.\nSHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU", "ssh: connect to host h port 22: Connection refused")], ExplainSsh),
        new("journal", [.. Corpus.Texts(JournalLines.Of(new JournalEntry { At = DateTimeOffset.UnixEpoch, RunId = RunId.Parse("s1"), Event = JournalEvent.Done, Step = "DemoteSource" }) + "\n")], ReadJournal, typeof(IOException), typeof(InvalidDataException)),
        new("pause", [.. Corpus.Texts("""{"until": "2026-11-23T20:00:00+00:00", "reason": "kernel update"}""")], ReadPause, typeof(IOException)),
        new("pair file", [.. Corpus.Files("pairfile-*"), .. Corpus.Texts(Corpus.PairFile)], static bytes => ReadPair(bytes, new Dictionary<string, string>(StringComparer.Ordinal)), typeof(PairFileException)),
        Text("environment", [.. Corpus.Files("pairenv-*"), .. Corpus.Texts("NODES__0__NAME=x", "DAEMON__GUARD__CLOCKDRIFT=0.1", "JOURNAL=/x", "OPTIONS__VERIFYTIMEOUT=1s")], ReadEnvironment, typeof(PairFileException)),
    ];

    private static ForeignReader Text(string name, IReadOnlyList<byte[]> seeds, Action<string> read, params Type[] border) => new(name, seeds, bytes => read(Encoding.UTF8.GetString(bytes)), border);

    private static void ExplainSsh(string text)
    {
        if (OpenSshWords.Explain(text, new OpenSshShellOptions { Host = "h" }, 255).Explanation.Any(char.IsControl))
        {
            throw new InvalidOperationException("The explanation has a control character.");
        }
    }

    private static void ReadJournal(byte[] bytes)
    {
        foreach (var line in JournalText.Read(bytes, "journal"))
        {
            _ = JournalLines.EntryOf(line);
        }
    }

    private static void ReadPause(byte[] bytes)
    {
        var path = Path.Combine(Path.GetTempPath(), $"fuzz-{Environment.ProcessId}.pause");
        try
        {
            File.WriteAllBytes(path, bytes);
            new FileMaintenancePause(path).ReadAsync().GetAwaiter().GetResult();
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void ReadEnvironment(string text)
    {
        var cut = text.IndexOf('=', StringComparison.Ordinal);
        var name = cut < 0 ? text : text[..cut];
        ReadPair(Encoding.UTF8.GetBytes(Corpus.PairFile), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [PairConfiguration.Prefix + name] = cut < 0 ? text : text[(cut + 1)..],
            [$"{PairConfiguration.Prefix}NODES__0__NAME"] = "north",
        });
    }

    private static void ReadPair(byte[] bytes, Dictionary<string, string> environment) => PairFileReader.Read(
        "pair.json", bytes, new PairFileSurroundings { Environment = environment, HomeFolder = "/root", Use = PairFileUse.Guard }, new Dictionary<string, (string Option, string Value)>(StringComparer.Ordinal));

    /// <summary>Every call gets the same bytes as its answer.</summary>
    private static void Ask(byte[] bytes)
    {
        using var http = new HttpClient(new Answering(bytes));
        using var rpc = new HttpClusterRpc(http, new Uri("http://10.0.0.7:8899/"));
        IReadOnlyList<Func<Task>> calls =
        [
            () => rpc.GetIdentityAsync(), () => rpc.GetHealthAsync(), () => rpc.GetSlotAsync(Commitment.Processed), () => rpc.GetEpochInfoAsync(Commitment.Processed), () => rpc.GetLeaderScheduleAsync(null, Key),
            () => rpc.GetVoteAccountsAsync(Commitment.Processed, null), () => rpc.GetAccountInfoAsync(Key, Commitment.Processed), () => rpc.GetClusterNodesAsync(), () => rpc.GetVersionAsync(),
            () => rpc.GetGenesisHashAsync(), () => rpc.GetBlocksAsync(1, 2, Commitment.Confirmed), () => rpc.GetBlockAsync(1, Commitment.Confirmed),
        ];
        foreach (var call in calls)
        {
            try
            {
                call().GetAwaiter().GetResult();
            }
            catch (ClusterRpcException)
            {
                // The next call reads the same bytes in its own way.
            }
        }
    }

    /// <summary>Answers with the bytes, and the request's number in them in place of <c>"id":1</c>.</summary>
    private sealed class Answering(byte[] bytes) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = await request.Content!.ReadAsStringAsync(cancellationToken);
            var id = System.Text.RegularExpressions.Regex.Match(asked, "\"id\":[0-9]+", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
            var answer = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("\"id\":1", id, StringComparison.Ordinal));
            return new HttpResponseMessage { Content = new ByteArrayContent(answer) { Headers = { ContentType = new("application/json") } } };
        }
    }
}
