namespace Tachyon.Failover.Pairs;

/// <summary>Reads a pair file. Reports at once every error that needs no node to be found.</summary>
internal static class PairFileReader
{
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

        var file = Read(path, bytes, surroundings, commandLine);
        return OwnFile.IsOpenToAll(path) ? file with { IsOpenToAll = true, Notes = [.. file.Notes, $"its mode: every user of this machine may write it, and so have commands run. Remedy: chmod 600 {path}"] } : file;
    }

    public static PairFile Read(string path, byte[] bytes, PairFileSurroundings surroundings, IReadOnlyDictionary<string, (string Option, string Value)> commandLine)
    {
        var (places, broken) = JsonLines.Read(bytes);
        if (broken is not null)
        {
            throw new PairFileException(path, [broken]);
        }

        var configuration = new PairConfiguration(places, surroundings.Environment, commandLine);
        var settings = new PairSettings(configuration);
        new ShapeCheck(configuration, settings, surroundings.HomeFolder).Run();
        var nodes = configuration.Entries("nodes").Take(2).Where(node => !settings.HasErrorAt(node)).Select(node => new NodeReader(configuration, settings, surroundings, node).Read()).ToList();
        if (nodes is [var one, var other])
        {
            CheckRelations(settings, one, other);
        }

        var witnesses = configuration.Entries("witnesses").Prepend("cluster").Select(field => (Field: field, Address: settings.Address(field))).ToList();
        CheckWitnesses(settings, witnesses);
        var options = ReadOptions(settings);
        var daemon = new DaemonReader(configuration, settings, surroundings).Read();
        if (settings.Errors.Count > 0)
        {
            throw new PairFileException(path, settings.Errors);
        }

        var identity = Pubkey.Parse(settings["identity"]!);
        var journal = settings["journal"] is { Length: > 0 } written ? Path.GetFullPath(written) : DefaultJournal(surroundings, identity);
        var file = new PairFile
        {
            Path = path,
            Identity = identity,
            Cluster = witnesses[0].Address,
            Witnesses = [.. witnesses.Skip(1).Select(witness => witness.Address!)],
            Journal = journal,
            Pause = settings["pause"] is { Length: > 0 } pause ? Path.GetFullPath(pause) : $"{journal}.pause",
            First = nodes[0],
            Second = nodes[1],
            Options = options,
            Daemon = daemon,
            Notes = settings.Notes,
        };
        if (surroundings.Use is PairFileUse.Watch or PairFileUse.Probe && file.WhyTooFewWitnesses is { } few)
        {
            var parts = few.Split(". ", 2);
            settings.Add("daemon.monitor.minimumWitnesses", parts[0], parts[1]);
            throw new PairFileException(path, settings.Errors);
        }

        return file;
    }

    /// <summary>Two addresses of one host are one witness, and would count as two.</summary>
    private static void CheckWitnesses(PairSettings settings, IEnumerable<(string Field, Uri? Address)> addresses)
    {
        foreach (var host in addresses.Where(given => given.Address is not null).GroupBy(given => given.Address!.Authority, StringComparer.Ordinal))
        {
            foreach (var (field, _) in host.Skip(1))
            {
                settings.Add(field, $"{field} is at {host.Key}, as {host.First().Field} is: one node would count as two witnesses", "name another RPC node, or leave it out");
            }
        }
    }

    private static FailoverOptions ReadOptions(PairSettings settings)
    {
        var options = settings.Bind<FailoverOptions>("options");
        if (options.MinimumIdle is null)
        {
            options.MinimumIdleAtDemotion = null;
        }

        settings.AddFromLibrary("options", options.Validate());
        return options;
    }

    /// <summary>Reports values that are valid for each node alone, but not for the two together.</summary>
    private static void CheckRelations(PairSettings settings, NodeSettings first, NodeSettings second)
    {
        Differ("name", node => node.Name, ", as nodes[0].name is", "give each node a name of its own");
        if (first.Address == second.Address && !settings.HasErrorIn("nodes[1].shell"))
        {
            Differ("ledger", node => node.Ledger, $" at {second.Address}, which is the ledger of nodes[0] as well: both nodes are one and the same", "give the host or the ledger of the other node");
            Differ("identityLink", node => node.IdentityLink, $" at {second.Address}, which is the link of nodes[0] as well", "give the link of the other node's start script");
        }

        void Differ(string name, Func<ValidatorNodeSettings, string> value, string problem, string remedy) =>
            settings.AddIf(value(first.Validator) == value(second.Validator) && value(second.Validator).Length > 0, $"nodes[1].{name}", $"nodes[1].{name} is \"{value(second.Validator)}\"{problem}", remedy);
    }

    private static string DefaultJournal(PairFileSurroundings surroundings, Pubkey identity)
    {
        var state = surroundings.Environment.GetValueOrDefault("XDG_STATE_HOME") is { Length: > 0 } folder && Path.IsPathFullyQualified(folder) ? folder : Path.Combine(surroundings.HomeFolder, ".local", "state");
        return Path.Combine(state, "tachyon-failover", $"{identity}.journal");
    }
}
