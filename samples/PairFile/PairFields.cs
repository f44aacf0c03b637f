namespace Tachyon.Failover.Pairs;

/// <summary>
/// Every field of a pair file, once. The reader, its messages, the schema and the README's table all come from this list. Names are the library's own, in camel case: by them
/// the values are bound to the library's settings. <see cref="LibraryNames"/> has the exceptions.
/// </summary>
internal static class PairFields
{
    public const string Ssh = "ssh";
    public const string OpenSsh = "openssh";
    public const string Local = "local";
    public const string None = "none";

    private static readonly string[] OverNetwork = [Ssh, OpenSsh];

    public static IReadOnlyList<PairField> All { get; } =
    [
        new("$schema", FieldKind.Text, "The schema, for editors that complete and check the file; not read."),
        new("identity", FieldKind.Pubkey, "The staked identity, in base58: the node of the vote account.") { IsRequired = true },
        new("cluster", FieldKind.Rpc, "The JSON-RPC of a node that is neither of the two, as https://host or http://host:port. Without it the nodes' own are asked."),
        new("witnesses", FieldKind.Rpcs, "More RPC nodes, as cluster: they see whether votes land, for the monitor and a takeover. Two addresses of one host are refused."),
        new("journal", FieldKind.LocalPath, "The file in which intents and results are kept, on this machine. By default ~/.local/state/tachyon-failover/IDENTITY.journal, or in XDG_STATE_HOME."),
        new("pause", FieldKind.LocalPath, "The file in which an operator announces that the validator will be silent, on this machine. By default beside the journal, with .pause appended to its name."),
        new("nodes", FieldKind.TwoObjects, "The two nodes.") { IsRequired = true },
        new("nodes[].name", FieldKind.Text, "What messages call the node, and what --to takes.") { IsRequired = true },
        new("nodes[].ledger", FieldKind.Text, "The ledger folder.") { IsRequired = true },
        new("nodes[].towerFolder", FieldKind.Text, "The folder of --tower, if the start script has one."),
        new("nodes[].identityLink", FieldKind.Text, "The symbolic link that the start script gives as --identity.") { IsRequired = true },
        new("nodes[].stakedKeypair", FieldKind.Text, "The file of the staked keypair. It is named, never read.") { IsRequired = true },
        new("nodes[].unstakedKeypair", FieldKind.Text, "The file of this node's own unstaked keypair.") { IsRequired = true },
        new("nodes[].authorizedVoters", FieldKind.Texts, "The keypair files of --authorized-voter; the staked keypair by default."),
        new("nodes[].program", FieldKind.Text, "The validator's program; tachyon-validator in the PATH by default."),
        new("nodes[].runAs", FieldKind.Text, "The user who may reach admin.rpc (sudo -n -u); the login user by default."),
        new("nodes[].rpcPort", FieldKind.Whole, "The validator's own JSON-RPC on its 127.0.0.1; 8899 by default."),
        new("nodes[].stopCommand", FieldKind.Texts, "How a takeover stops a validator that does not let itself be demoted: a program and its arguments, a word each. No shell reads it. A validator that still runs after it gets SIGKILL, as without it."),
        new("nodes[].timeLimits", FieldKind.Object, "How long calls to the validator may take."),
        new("nodes[].timeLimits.setIdentity", FieldKind.Duration, "For set-identity; 10s by default, 2s to 2m."),
        new("nodes[].timeLimits.command", FieldKind.Duration, "For everything else; 5s by default, 200ms to 2m. The inspection of a node gets three times this."),
        new("nodes[].timeLimits.stop", FieldKind.Duration, "For stopping the process; 10s by default, 1s to 2m."),
        new("nodes[].shell", FieldKind.Object, "The way to the node.") { IsRequired = true },
        new("nodes[].shell.kind", FieldKind.Choice(Ssh, OpenSsh, Local), "ssh: this program speaks SSH itself, with a key file. openssh: this machine's ssh does, with ssh_config, agents, jump hosts. local: the node is this machine.") { IsRequired = true },
        new("nodes[].shell.host", FieldKind.Text, "A host name or an IP address; for openssh also a Host of ssh_config. Required, but for local.")
        {
            ShellKinds = OverNetwork, NeededBy = new Dictionary<string, string>(StringComparer.Ordinal) { [Ssh] = "the host's name or address", [OpenSsh] = "a host name, an IP address or a Host of ssh_config" },
        },
        new("nodes[].shell.port", FieldKind.Whole, "The TCP port of the SSH server; 22 by default.") { ShellKinds = OverNetwork },
        new("nodes[].shell.user", FieldKind.Text, "The user to log in as. Required for ssh.") { ShellKinds = OverNetwork, NeededBy = BySsh("the user to log in as") },
        new("nodes[].shell.keyFile", FieldKind.LocalPath, "The private key file on this machine. Required for ssh.")
        {
            ShellKinds = OverNetwork, NeededBy = BySsh("a private key file; for an agent or ssh_config take kind openssh"),
        },
        new("nodes[].shell.knownHosts", FieldKind.LocalPath, "The known_hosts file; ~/.ssh/known_hosts by default, for openssh what ssh_config says.") { ShellKinds = OverNetwork },
        new("nodes[].shell.fingerprint", FieldKind.Fingerprint, "Instead of knownHosts: the fingerprint of the host's key, as ssh-keygen -lf prints it.") { ShellKinds = [Ssh] },
        new("nodes[].shell.passphraseVariable", FieldKind.Variable, "The environment variable that holds the key's passphrase, if it has one.") { ShellKinds = [Ssh] },
        new("nodes[].shell.connectTimeout", FieldKind.Duration, "For connecting and logging in; 10s by default.") { ShellKinds = [Ssh] },
        new("nodes[].shell.startTimeout", FieldKind.Duration, "For starting a script; 10s by default, 20s for openssh, where it includes the login.") { ShellKinds = OverNetwork },
        new("nodes[].shell.keepAliveInterval", FieldKind.Duration, "How often a silent host is asked for a heartbeat; 2s by default.") { ShellKinds = OverNetwork },
        new("nodes[].shell.deadPeerLimit", FieldKind.Duration, "How long it may be silent; 10s by default.") { ShellKinds = OverNetwork },
        new("nodes[].shell.configFile", FieldKind.LocalPath, "The ssh_config file to use instead of the user's and the system's.") { ShellKinds = [OpenSsh] },
        new("nodes[].shell.extraOptions", FieldKind.Texts, "More options, as ssh -o takes them: ProxyJump=bastion.") { ShellKinds = [OpenSsh] },
        new("nodes[].shell.allowMultiplexing", FieldKind.Flag, "Whether a connection that its owner has opened for sharing is used; false by default.") { ShellKinds = [OpenSsh] },
        new("nodes[].shell.program", FieldKind.Text, "The program; ssh by default.") { ShellKinds = [OpenSsh] },
        new("options", FieldKind.Object, "How a switchover is done."),
        new("options.minimumIdle", FieldKind.DurationOrNone, "How long the source must lead no slot; 2m by default, none for no window, at most 1h. --window and --no-window go before it."),
        new("options.minimumIdleAtDemotion", FieldKind.Duration, "How much of it must be left when all is ready; half by default."),
        new("options.onClosedWindow", FieldKind.Choice("waitAgain", "refuse"), "What to do if less is left then; waitAgain by default."),
        new("options.restartWindowTimeout", FieldKind.Duration, "How long a window is waited for; 1h by default, 1s to 24h."),
        new("options.maximumDelinquentStake", FieldKind.Number, "How much of the cluster's stake may be delinquent, as a fraction; 0.05 by default."),
        new("options.slot", FieldKind.Duration, "The length of a slot; 400ms by default. Only speed depends on it."),
        new("options.drain", FieldKind.Duration, "How long after the seal the source's tower is read; 30ms by default, 30ms to 1s."),
        new("options.preflightTimeout", FieldKind.Duration, "How long the preflight may take; 30s by default."),
        new("options.rollbackTimeout", FieldKind.Duration, "How long the rollback is tried; 2m by default."),
        new("options.retryDelay", FieldKind.Duration, "The pause before a step of the rollback is tried again; 500ms by default."),
        new("options.verifyTimeout", FieldKind.Duration, "How long votes of the target are waited for; 30s by default."),
        new("options.journalTimeout", FieldKind.Duration, "How long a write to the journal may take; 5s by default."),
        .. DaemonFields.All,
    ];

    /// <summary>Fields that earlier files may have and that are no longer read, each with the reason. Environment variables are in capitals.</summary>
    public static IReadOnlyDictionary<string, string> Gone { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["options.choosesMoment"] = "a switchover does not choose the moment of its fence",
    };

    /// <summary>Fields of earlier files that have another name now. They are read, with a note. Environment variables are in capitals.</summary>
    public static IReadOnlyDictionary<string, string> Renamed { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["options.minimumIdleAtFence"] = "options.minimumIdleAtDemotion",
        ["options.onLostWindow"] = "options.onClosedWindow",
        ["options.resolveTimeout"] = "options.rollbackTimeout",
        ["options.retryPause"] = "options.retryDelay",
        ["watchdog"] = "daemon",
        ["watchdog.watch"] = "daemon.monitor",
        ["watchdog.retryPause"] = "daemon.retryDelay",
        ["watchdog.takeover.leastGrade"] = "daemon.takeover.minimumGrade",
        ["watchdog.takeover.mayStop"] = "daemon.takeover.allowStop",
        ["watchdog.takeover.callLimit"] = "daemon.takeover.callTimeout",
        ["watchdog.watch.leastWitnesses"] = "daemon.monitor.minimumWitnesses",
        ["watchdog.watch.looksInARow"] = "daemon.monitor.consecutiveReadings",
        ["watchdog.watch.standsStillAfter"] = "daemon.monitor.haltedAfter",
        ["watchdog.watch.lookEvery"] = "daemon.monitor.interval",
        ["watchdog.watch.lookLimit"] = "daemon.monitor.readTimeout",
        ["watchdog.watch.keepsShadow"] = "daemon.monitor.keepsTowerCopy",
        ["watchdog.watch.lockout"] = "daemon.monitor.coolDown",
        ["watchdog.guard.lookEvery"] = "daemon.guard.interval",
        ["watchdog.guard.commandLimit"] = "daemon.guard.commandTimeout",
        ["watchdog.guard.setIdentityLimit"] = "daemon.guard.setIdentityTimeout",
        ["watchdog.guard.stopLimit"] = "daemon.guard.stopTimeout",
    };

    /// <summary>The library's names whose fields have another name here, or none, each with the name in messages.</summary>
    public static IReadOnlyDictionary<string, string> LibraryNames { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["IdentityFile"] = "keyFile",
        ["KnownHostsFile"] = "knownHosts",
        ["HostKeys"] = "knownHosts",
        ["KeyPassphrase"] = "passphraseVariable",
        ["HealthySlots"] = "healthySlots",
    };

    /// <summary>The library's names, each with the name in messages.</summary>
    public static IReadOnlyList<(string Library, string Field)> ByLibraryName { get; } =
    [
        .. LibraryNames.Select(name => (name.Key, name.Value))
            .Concat(All.Where(field => char.IsAsciiLetterLower(field.Name[0])).Select(field => (char.ToUpperInvariant(field.Name[0]) + field.Name[1..], field.Name)))
            .DistinctBy(name => name.Item1),
    ];

    /// <summary>The name in messages of an option of the library. An index behind it stays.</summary>
    public static string NameOf(string option) => LibraryNames.GetValueOrDefault(option, char.ToLowerInvariant(option[0]) + option[1..]);

    public static PairField? Find(string pattern) => All.FirstOrDefault(field => field.Pattern == pattern);

    /// <summary>The fields directly in an object.</summary>
    public static IEnumerable<PairField> In(string parent) => All.Where(field => field.Parent == parent);

    private static Dictionary<string, string> BySsh(string meaning) => new(StringComparer.Ordinal) { [Ssh] = meaning };
}
