using System.Globalization;

namespace Tachyon.Failover.Pairs;

/// <summary>Reads a pair file. Reports at once every error that needs no node to be found.</summary>
internal static class PairFileReader
{
    private static readonly string[] NodePaths = ["nodes[0]", "nodes[1]"];

    /// <summary>Reads the file, with the environment and the command line over it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="surroundings">The environment, and the home folder.</param>
    /// <param name="commandLine">Fields that options of the command line give, with the option's name.</param>
    /// <exception cref="PairFileException">The file has errors.</exception>
    public static PairFile Read(string path, PairFileSurroundings surroundings, IReadOnlyDictionary<string, (string Option, string Value)> commandLine)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var isMissing = exception is FileNotFoundException or DirectoryNotFoundException;
            throw new PairFileException(path, [new PairFileError
            {
                Field = "",
                Problem = isMissing ? "there is no such file" : exception.Message.TrimEnd('.'),
                Remedy = isMissing ? "name it with --pair, or write one with: tachyon-failover init" : "see that it is a file that you may read",
            }]);
        }

        return Read(path, bytes, surroundings, commandLine);
    }

    public static PairFile Read(string path, byte[] bytes, PairFileSurroundings surroundings, IReadOnlyDictionary<string, (string Option, string Value)> commandLine)
    {
        var (places, broken) = JsonLines.Read(bytes);
        if (broken is not null)
        {
            throw new PairFileException(path, [broken]);
        }

        if (places[0].Kind != System.Text.Json.JsonTokenType.StartObject)
        {
            throw new PairFileException(path, [new PairFileError { Line = places[0].Line, Field = "", Problem = $"the file is {places[0].Words}", Remedy = "write an object: { … }" }]);
        }

        var configuration = new PairConfiguration(places, surroundings.Environment, commandLine);
        var settings = new SettingReader(configuration, surroundings.HomeFolder);
        settings.CheckShape();
        CheckRequired(configuration, settings);
        var identity = ReadIdentity(settings);
        var nodes = NodePaths.Take(configuration.Count("nodes")).Where(node => !settings.HasErrorAt(node)).Select(node => new NodeReader(settings, surroundings, node).Read()).ToList();
        if (nodes is [var one, var other])
        {
            CheckRelations(settings, one, other);
        }

        var witnesses = Enumerable.Range(0, configuration.Count("witnesses")).Select(index => ReadRpc(settings, string.Create(CultureInfo.InvariantCulture, $"witnesses[{index}]"), "leave it out")).ToList();
        var (cluster, options, watchdog) = (ReadRpc(settings, "cluster", "leave it out to ask the nodes themselves"), ReadOptions(settings), new WatchdogReader(configuration, settings, surroundings).Read());
        CheckWitnesses(settings, cluster, witnesses);
        if (settings.Errors.Count > 0)
        {
            throw new PairFileException(path, settings.Errors);
        }

        var journal = settings.LocalPath("journal") is { Length: > 0 } written ? Path.GetFullPath(written) : DefaultJournal(surroundings, identity!);
        var file = new PairFile
        {
            Path = path,
            Identity = identity!,
            Cluster = cluster,
            Witnesses = [.. witnesses.OfType<Uri>()],
            Journal = journal,
            Pause = settings.LocalPath("pause") is { Length: > 0 } pause ? Path.GetFullPath(pause) : $"{journal}.pause",
            First = nodes[0],
            Second = nodes[1],
            Options = options,
            Watchdog = watchdog,
            Notes = settings.Notes,
        };
        if (surroundings.Use is PairFileUse.Watch or PairFileUse.Look && file.WhyTooFewWitnesses is { } few)
        {
            var parts = few.Split(". ", 2);
            settings.Add("watchdog.watch.minimumWitnesses", parts[0], parts[1]);
            throw new PairFileException(path, settings.Errors);
        }

        return file;
    }

    /// <summary>Two addresses of one host are one witness, and would count as two.</summary>
    private static void CheckWitnesses(SettingReader settings, Uri? cluster, IReadOnlyList<Uri?> witnesses)
    {
        foreach (var (address, index) in witnesses.Select((address, index) => (address, index)))
        {
            var before = witnesses.Take(index).Select((other, at) => (Address: other, Field: string.Create(CultureInfo.InvariantCulture, $"witnesses[{at}]"))).Prepend((Address: cluster, Field: "cluster"));
            if (address is not null && before.FirstOrDefault(other => other.Address?.Authority == address.Authority) is { Address: not null } same)
            {
                var field = string.Create(CultureInfo.InvariantCulture, $"witnesses[{index}]");
                settings.Add(field, $"{field} is at {address.Authority}, as {same.Field} is: one node would count as two witnesses", "name another RPC node, or leave it out");
            }
        }
    }

    private static void CheckRequired(PairConfiguration configuration, SettingReader settings)
    {
        foreach (var field in PairFields.All.Where(field => field.IsRequired))
        {
            foreach (var path in PathsOf(field, configuration))
            {
                // The error of the missing object covers its fields.
                var parent = path.LastIndexOf('.') is > 0 and var dot ? path[..dot] : "";
                if (configuration[path] is null && configuration.Place(path) is null && configuration.Count(path) == 0 && (parent.Length == 0 || configuration.Place(parent) is not null))
                {
                    settings.Add(path, $"{path} is missing", $"add {field.Name}. {field.Meaning.TrimEnd('.')}");
                }
            }
        }

        if (configuration.Place("nodes") is { Kind: System.Text.Json.JsonTokenType.StartArray } && configuration.Count("nodes") is not 2 and var count)
        {
            settings.Add("nodes", string.Create(CultureInfo.InvariantCulture, $"nodes has {count} {(count == 1 ? "entry" : "entries")}"), "a pair has two nodes: write both, and no other");
        }
    }

    /// <summary>The paths of a field: one for each entry of its list.</summary>
    private static IEnumerable<string> PathsOf(PairField field, PairConfiguration configuration)
    {
        var at = field.Pattern.IndexOf("[]", StringComparison.Ordinal);
        if (at < 0)
        {
            return [field.Pattern];
        }

        var list = field.Pattern[..at];
        return Enumerable.Range(0, PairFields.Find(list)!.Entries ?? configuration.Count(list)).Select(index => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]{field.Pattern[(at + 2)..]}"));
    }

    private static Pubkey? ReadIdentity(SettingReader settings)
    {
        if (settings.Text("identity") is not { } text)
        {
            return null;
        }

        if (!Pubkey.TryParse(text, out var identity))
        {
            settings.Add("identity", $"identity is {SettingReader.Quoted(text)}, which is no pubkey", "write the base58 text that solana-keygen pubkey prints for the staked keypair");
        }

        return identity;
    }

    private static Uri? ReadRpc(SettingReader settings, string field, string remedy)
    {
        if (settings.Text(field) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            return uri;
        }

        settings.Add(field, $"{field} is {SettingReader.Quoted(text)}, which is no address of a JSON-RPC", $"write it with http:// or https://, or {remedy}");
        return null;
    }

    private static FailoverOptions ReadOptions(SettingReader settings)
    {
        var usual = new FailoverOptions();
        var isNone = settings.Text("options.minimumIdle") == PairFields.None;
        var options = usual with
        {
            MinimumIdle = isNone ? null : settings.Duration("options.minimumIdle") ?? usual.MinimumIdle,
            MinimumIdleAtDemotion = isNone ? null : settings.Duration("options.minimumIdleAtDemotion"),
            OnClosedWindow = settings.Choice("options.onClosedWindow") == "refuse" ? ClosedRestartWindow.Refuse : ClosedRestartWindow.WaitAgain,
            RestartWindowTimeout = settings.Duration("options.restartWindowTimeout") ?? usual.RestartWindowTimeout,
            MaximumDelinquentStake = settings.Number("options.maximumDelinquentStake") ?? usual.MaximumDelinquentStake,
            Slot = settings.Duration("options.slot") ?? usual.Slot,
            Drain = settings.Duration("options.drain") ?? usual.Drain,
            PreflightTimeout = settings.Duration("options.preflightTimeout") ?? usual.PreflightTimeout,
            RollbackTimeout = settings.Duration("options.rollbackTimeout") ?? usual.RollbackTimeout,
            RetryDelay = settings.Duration("options.retryDelay") ?? usual.RetryDelay,
            VerifyTimeout = settings.Duration("options.verifyTimeout") ?? usual.VerifyTimeout,
            JournalTimeout = settings.Duration("options.journalTimeout") ?? usual.JournalTimeout,
        };
        settings.AddFromLibrary("options", options.Validate());
        return options;
    }

    /// <summary>Reports values that are valid for each node alone, but not for the two together.</summary>
    private static void CheckRelations(SettingReader settings, NodeSettings first, NodeSettings second)
    {
        if (first.Validator.Name.Length > 0 && first.Validator.Name == second.Validator.Name)
        {
            settings.Add("nodes[1].name", $"nodes[1].name is {SettingReader.Quoted(second.Validator.Name)}, as nodes[0].name is", "give each node a name of its own");
        }

        if (first.Address != second.Address || settings.HasErrorIn("nodes[1].shell"))
        {
            return;
        }

        if (first.Validator.Ledger.Length > 0 && first.Validator.Ledger == second.Validator.Ledger)
        {
            settings.Add("nodes[1].ledger", $"nodes[1].ledger is {SettingReader.Quoted(second.Validator.Ledger)} at {second.Address}, which is the ledger of nodes[0] as well: both nodes are one and the same", "give the host or the ledger of the other node");
        }

        if (first.Validator.IdentityLink.Length > 0 && first.Validator.IdentityLink == second.Validator.IdentityLink)
        {
            settings.Add("nodes[1].identityLink", $"nodes[1].identityLink is {SettingReader.Quoted(second.Validator.IdentityLink)} at {second.Address}, which is the link of nodes[0] as well", "give the link of the other node's start script");
        }
    }

    private static string DefaultJournal(PairFileSurroundings surroundings, Pubkey identity)
    {
        var state = surroundings.Environment.GetValueOrDefault("XDG_STATE_HOME") is { Length: > 0 } folder && Path.IsPathFullyQualified(folder) ? folder : Path.Combine(surroundings.HomeFolder, ".local", "state");
        return Path.Combine(state, "tachyon-failover", $"{identity}.journal");
    }
}
