using System.Text.Json;
using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>The questions of <c>init</c>. The first node's answers are the defaults of the second.</summary>
internal sealed class InitQuestions(CommandRun run)
{
    private static readonly string[] Kinds = [PairFields.Ssh, PairFields.OpenSsh, PairFields.Local];

    private readonly Dictionary<string, string> _offered = new(StringComparer.Ordinal)
    {
        ["kind"] = PairFields.Ssh,
        ["user"] = "sol",
        ["keyFile"] = "~/.ssh/id_ed25519",
        ["ledger"] = "/mnt/ledger",
        ["identityLink"] = "/home/sol/identity.json",
        ["stakedKeypair"] = "/home/sol/staked-identity.json",
        ["unstakedKeypair"] = "/home/sol/unstaked-identity.json",
        ["program"] = "tachyon-validator",
        ["rpcPort"] = "8899",
    };

    /// <summary>Asks all questions.</summary>
    /// <returns>The text of the file.</returns>
    public async Task<byte[]> AskAsync()
    {
        using var stream = new MemoryStream();
        await using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("identity", await AskAsync("The staked identity, in base58", null, answer => Pubkey.TryParse(answer, out _) ? null : "that is no pubkey"));
            var cluster = await AskAsync("The JSON-RPC of a node that is neither of the two (empty: ask the nodes themselves)", "", answer => answer.Length == 0 || IsRpc(answer) ? null : "write it with http:// or https://");
            string[] witnesses = cluster.Length > 0 ? [] : await AskWitnessesAsync();
            if (cluster.Length > 0)
            {
                json.WriteString("cluster", cluster);
            }

            WriteWitnesses(json, witnesses);

            json.WriteStartArray("nodes");
            var first = await AskNodeAsync(json, "first", null);
            await AskNodeAsync(json, "second", first);
            json.WriteEndArray();
            WriteWatch(json, (cluster.Length > 0 ? 1 : 0) + witnesses.Length + 1);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>Without an RPC node that is neither of the two, only the inactive node sees whether votes land.</summary>
    private async Task<string[]> AskWitnessesAsync()
    {
        var answer = await AskAsync(
            "More RPC nodes that see whether votes land, for monitoring and takeover, with commas between (empty: none)",
            "",
            answer => Split(answer).All(IsRpc) ? null : "write each with http:// or https://");
        return Split(answer);

        static string[] Split(string answer) => answer.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsRpc(string answer) => Uri.TryCreate(answer, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static void WriteWitnesses(Utf8JsonWriter json, string[] witnesses)
    {
        if (witnesses.Length == 0)
        {
            return;
        }

        json.WriteStartArray("witnesses");
        foreach (var witness in witnesses)
        {
            json.WriteStringValue(witness);
        }

        json.WriteEndArray();
    }

    /// <summary>A monitor does not begin if it asks for more witnesses than there are.</summary>
    private void WriteWatch(Utf8JsonWriter json, int witnesses)
    {
        if (witnesses >= new DetectionRules().MinimumWitnesses)
        {
            return;
        }

        run.Say($"{Environment.NewLine}Only the inactive node's own RPC sees whether votes land, so daemon.monitor.minimumWitnesses is {witnesses}: the monitor believes that one node, and a takeover by silence alone is refused. Name cluster or witnesses in the file, and take that line out, to change it.");
        json.WriteStartObject("daemon");
        json.WriteStartObject("monitor");
        json.WriteNumber("minimumWitnesses", witnesses);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private async Task<string> AskNodeAsync(Utf8JsonWriter json, string which, string? otherName)
    {
        run.Say($"{Environment.NewLine}The {which} node:");
        json.WriteStartObject();
        var name = await AskAsync("What to call it", null, answer => answer.Length == 0 ? "give a name" : answer == otherName ? "the first node is called so" : null);
        json.WriteString("name", name);
        json.WriteStartObject("shell");
        var kind = await OfferAsync(json, "kind", $"How it is reached: {string.Join(", ", Kinds)}", answer => Kinds.Contains(answer) ? null : $"write one of {string.Join(", ", Kinds)}");
        if (kind != PairFields.Local)
        {
            json.WriteString("host", await AskAsync("Its host name or address", null, answer => answer.Length == 0 || answer.Contains('@', StringComparison.Ordinal) ? "give it without the user" : null));
        }

        if (kind == PairFields.Ssh)
        {
            await OfferAsync(json, "user", "The user to log in as", NotEmpty);
            await OfferAsync(json, "keyFile", "The private key file on this machine", NotEmpty);
        }

        json.WriteEndObject();
        await OfferAsync(json, "ledger", "Its ledger folder", PathOfNode);
        await OfferAsync(json, "identityLink", "The link that its start script gives as --identity", PathOfNode);
        await OfferAsync(json, "stakedKeypair", "The file of its staked keypair", PathOfNode);
        await OfferAsync(json, "unstakedKeypair", "The file of its own unstaked keypair", PathOfNode);
        await OfferAsync(json, "program", "The validator's program", NotEmpty);
        var port = await AskAsync("The port of its JSON-RPC", _offered["rpcPort"], answer => ushort.TryParse(answer, out var number) && number > 0 ? null : "give a number from 1 to 65535");
        _offered["rpcPort"] = port;
        json.WriteNumber("rpcPort", ushort.Parse(port, System.Globalization.CultureInfo.InvariantCulture));
        json.WriteEndObject();
        return name;
    }

    /// <summary>Asks, with the other node's answer as the default, and writes the answer.</summary>
    private async Task<string> OfferAsync(Utf8JsonWriter json, string field, string question, Func<string, string?> refuse)
    {
        _offered[field] = await AskAsync(question, _offered[field], refuse);
        json.WriteString(field, _offered[field]);
        return _offered[field];
    }

    private async Task<string> AskAsync(string question, string? offered, Func<string, string?> refuse)
    {
        while (true)
        {
            await run.Surroundings.Error.WriteAsync($"{question}{(string.IsNullOrEmpty(offered) ? "" : $" [{offered}]")}: ");
            await run.Surroundings.Error.FlushAsync(run.GivenUp);
            var typed = (await run.Surroundings.ReadLine(run.GivenUp) ?? throw new OperationCanceledException("Nothing was written.")).Trim();
            var answer = typed.Length == 0 ? offered ?? "" : typed;
            if (refuse(answer) is not { } reason)
            {
                return answer;
            }

            run.Say($"  {reason}");
        }
    }

    private static string? NotEmpty(string answer) => answer.Length == 0 ? "give one" : null;

    private static string? PathOfNode(string answer) => answer.StartsWith('/') ? null : "give an absolute path on the node";
}
