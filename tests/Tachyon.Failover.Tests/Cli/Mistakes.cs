namespace Tachyon.Failover.Tests.Cli;

/// <summary>All possible mistakes in a pair file, one at a time.</summary>
internal static class Mistakes
{
    private const string ShellOfA = """{ "kind": "ssh", "host": "north.example.com", "user": "sol", "keyFile": "~/.ssh/id_ed25519" }""";
    private const string ShellOfB = """{ "kind": "openssh", "host": "south" }""";

    public static Mistake[] All { get; } =
    [
        // The JSON.
        new("forgot a comma", "example.com\",\n  \"nodes", "example.com\"\n  \"nodes", 4, "this is no JSON, at column 3: '\"' is invalid after a value", "a comma, a quote, a brace"),
        new("forgot the last brace", "\"30s\"\n  }\n}", "\"30s\"\n  }", 26, "this is no JSON", "mend the JSON"),
        new("emptied the file", CliScene.GoodPair, "", 1, "this is no JSON", "mend the JSON"),
        new("wrote a list", CliScene.GoodPair, "[]", 1, "the file is a list", "write an object: { … }"),

        // Unknown fields, and missing fields.
        new("mistyped a field", "\"ledger\": \"/mnt/ledger\",\n      \"identityLink\": \"/home/sol/identity.json\",\n      \"stakedKeypair\": \"/home/sol/staked-identity.json\",\n      \"unstakedKeypair\": \"/home/sol/unstaked-identity.json\"\n    },", "\"leger\": \"/mnt/ledger\", \"ledger\": \"/mnt/ledger\",\n      \"identityLink\": \"/home/sol/identity.json\",\n      \"stakedKeypair\": \"/home/sol/staked-identity.json\",\n      \"unstakedKeypair\": \"/home/sol/unstaked-identity.json\"\n    },", 8, "there is no field nodes[0].leger", "did you mean ledger?"),
        new("wrote a capital", "\"cluster\":", "\"Cluster\":", 3, "there is no field Cluster", "did you mean cluster?"),
        new("made a field up", "\"cluster\":", "\"colour\": \"green\", \"cluster\":", 3, "there is no field colour", "leave it out; the file may have $schema, identity, cluster"),
        new("made up a field of a shell", "\"host\": \"south\"", "\"host\": \"south\", \"hostname\": \"x\"", 15, "there is no field nodes[1].shell.hostname", "leave it out"),
        new("wrote a field twice", "\"cluster\":", "\"identity\": \"x\", \"cluster\":", 3, "identity is written twice, first in line 2", "leave one of them out"),
        new("left the identity out", "  \"identity\": \"AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq\",\n", "", 1, "identity is missing", "add identity. The staked identity, in base58"),
        new("left the shell out", $"\n      \"shell\": {ShellOfA},", "", 5, "nodes[0].shell is missing", "add shell. The way to the node"),
        new("left the kind out", "\"kind\": \"openssh\", ", "", 15, "nodes[1].shell.kind is missing", "add kind. ssh: this program speaks SSH itself"),
        new("left the nodes out", "\"nodes\"", "\"node\"", 4, "there is no field node", "did you mean nodes?"),

        // Values of the wrong kind.
        new("put a number in quotes", "\"rpcPort\": 8899", "\"rpcPort\": \"8899\"", 20, "nodes[1].rpcPort is the text \"8899\"", "write a whole number, without quotes"),
        new("wrote a number as a text's", "\"cluster\": \"https://rpc.example.com\"", "\"cluster\": 1", 3, "cluster is the number 1", "write a text in quotes"),
        new("wrote null", "\"cluster\": \"https://rpc.example.com\"", "\"cluster\": null", 3, "cluster is null", "write a text in quotes, or leave it out"),
        new("wrote a half port", "\"rpcPort\": 8899", "\"rpcPort\": 88.5", 20, "nodes[1].rpcPort is \"88.5\", which is no whole number", "write one, without quotes"),
        new("wrote one voter without brackets", "\"rpcPort\": 8899", "\"authorizedVoters\": \"/a.json\"", 20, "nodes[1].authorizedVoters is the text", "write a list of texts"),
        new("wrote a number as a voter", "\"rpcPort\": 8899", "\"authorizedVoters\": [1]", 20, "nodes[1].authorizedVoters[0] is the number 1", "write a text in quotes"),
        new("wrote a text as the options", "\"options\": {\n    \"minimumIdle\": \"none\",\n    \"verifyTimeout\": \"30s\"\n  }", "\"options\": \"fast\"", 23, "options is the text \"fast\"", "write an object"),
        new("wrote a text as a node", "\"nodes\": [", "\"nodes\": [ \"north\",", 4, "nodes[0] is the text \"north\"", "write an object"),
        new("wrote seconds as a number", "\"verifyTimeout\": \"30s\"", "\"verifyTimeout\": 30", 25, "options.verifyTimeout is the number 30", "write a duration in quotes, such as \"30s\""),
        new("forgot the unit", "\"verifyTimeout\": \"30s\"", "\"verifyTimeout\": \"30\"", 25, "options.verifyTimeout is \"30\", which is no duration", "500ms, 30s, 2m, 1h30m"),
        new("wrote yes", "\"host\": \"south\"", "\"host\": \"south\", \"allowMultiplexing\": \"yes\"", 15, "nodes[1].shell.allowMultiplexing is the text \"yes\"", "write true or false, without quotes"),
        new("wrote a text as a fraction", "\"verifyTimeout\": \"30s\"", "\"maximumDelinquentStake\": \"5%\"", 25, "options.maximumDelinquentStake is the text \"5%\"", "write a number, without quotes, such as 0.05"),
        new("mistyped a choice", "\"verifyTimeout\": \"30s\"", "\"onClosedWindow\": \"waitagain\"", 25, "options.onClosedWindow is \"waitagain\"", "did you mean waitAgain?"),
        new("mistyped the kind", "\"kind\": \"openssh\"", "\"kind\": \"opensh\"", 15, "nodes[1].shell.kind is \"opensh\"", "write one of ssh, openssh, local; did you mean openssh?"),

        // Impossible values.
        new("cut the identity short", "AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq", "AykuShNXpnPj3zE7hs5dy", 2, "identity is \"AykuShNXpnPj3zE7hs5dy\", which is no pubkey", "solana-keygen pubkey"),
        new("forgot https", "https://rpc.example.com", "rpc.example.com", 3, "cluster is \"rpc.example.com\", which is no address of a JSON-RPC", "write it with http:// or https://"),
        new("named one host twice", "\"nodes\": [", "\"witnesses\": [ \"https://rpc.example.com/key\" ], \"nodes\": [", 4, "witnesses[0] is at rpc.example.com, as cluster is", "name another RPC node"),
        new("wrote a relative path", "\"ledger\": \"/mnt/ledger\",\n      \"identityLink\": \"/home/sol/identity.json\",\n      \"stakedKeypair\": \"/home/sol/staked-identity.json\",\n      \"unstakedKeypair\": \"/home/sol/unstaked-identity.json\"\n    },", "\"ledger\": \"ledger\",\n      \"identityLink\": \"/home/sol/identity.json\",\n      \"stakedKeypair\": \"/home/sol/staked-identity.json\",\n      \"unstakedKeypair\": \"/home/sol/unstaked-identity.json\"\n    },", 8, "nodes[0].ledger is 'ledger', a relative path", "give an absolute one, such as /home/sol/ledger"),
        new("named the staked keypair twice", "/home/sol/unstaked-identity.json\",\n      \"rpcPort\"", "/home/sol/staked-identity.json\",\n      \"rpcPort\"", 19, "nodes[1].unstakedKeypair is '/home/sol/staked-identity.json', the same file as stakedKeypair", "give the keypair of this node's own identity"),
        new("gave a port that there is not", "8899", "88990", 20, "nodes[1].rpcPort is 88990", "give a TCP port from 1 to 65535"),
        new("gave a time limit that is too short", "\"rpcPort\": 8899", "\"timeLimits\": { \"setIdentity\": \"1s\" }", 20, "nodes[1].timeLimits.setIdentity is 1 s", "it must be from 2 s to 120 s"),
        new("gave an empty list of voters", "\"rpcPort\": 8899", "\"authorizedVoters\": []", 20, "nodes[1].authorizedVoters is empty", "name the keypairs of the start script"),
        new("gave an empty stop command", "\"rpcPort\": 8899", "\"stopCommand\": []", 20, "nodes[1].stopCommand is empty", "give a program and its arguments"),
        new("wrote the stop command as one text", "\"rpcPort\": 8899", "\"stopCommand\": \"systemctl stop sol\"", 20, "nodes[1].stopCommand is the text", "write a list of texts"),
        new("gave a stop command by a relative path", "\"rpcPort\": 8899", "\"stopCommand\": [\"bin/stop\"]", 20, "nodes[1].stopCommand is 'bin/stop', a relative path", "give an absolute one"),
        new("gave a time to stop that is too short", "\"rpcPort\": 8899", "\"timeLimits\": { \"stop\": \"100ms\" }", 20, "nodes[1].timeLimits.stop is 100 ms", "it must be from 1 s to 120 s"),
        new("gave a user to become that is none", "\"rpcPort\": 8899", "\"runAs\": \"-root\"", 20, "nodes[1].runAs is '-root', which is no user name", "give the name of a user"),
        new("wrote the user before the host", "north.example.com", "sol@north.example.com", 7, "nodes[0].shell.host is 'sol@north.example.com'", "give a host name or an IP address, without user and port"),
        new("left the user out", ", \"user\": \"sol\"", "", 7, "nodes[0].shell.user is missing", "kind ssh needs the user to log in as"),
        new("left the host out", "\"host\": \"north.example.com\", ", "", 7, "nodes[0].shell.host is missing", "kind ssh needs the host's name"),
        new("left the key out", ", \"keyFile\": \"~/.ssh/id_ed25519\"", "", 7, "nodes[0].shell.keyFile is missing", "for an agent or ssh_config take kind openssh"),
        new("named a key that is not there", "~/.ssh/id_ed25519", "~/.ssh/id_rsa", 7, "nodes[0].shell.keyFile is \"~/.ssh/id_rsa\", and there is no such file on this machine", "give the path of a file with a private key"),
        new("named host keys that are not there", ShellOfB, "{ \"kind\": \"openssh\", \"host\": \"south\", \"knownHosts\": \"/nowhere\" }", 15, "nodes[1].shell.knownHosts is \"/nowhere\", and there is no such file", "give the path of a file with host keys"),
        new("gave a fingerprint that is none", "\"user\": \"sol\"", "\"user\": \"sol\", \"fingerprint\": \"MD5:aa\"", 7, "nodes[0].shell.fingerprint is \"MD5:aa\", which is no SHA-256 fingerprint", "ssh-keygen -lf"),
        new("gave a fingerprint and host keys", "\"user\": \"sol\"", "\"user\": \"sol\", \"knownHosts\": \"~/.ssh/known_hosts\", \"fingerprint\": \"SHA256:uNiVztksCsDhcc0u9e8BrrJXVGDaDFlp3VmVUuxDHzc\"", 7, "nodes[0].shell.fingerprint and nodes[0].shell.knownHosts are both given", "give one of them"),
        new("named a passphrase that is not exported", "\"user\": \"sol\"", "\"user\": \"sol\", \"passphraseVariable\": \"KEY_OF_NORTH\"", 7, "nodes[0].shell.passphraseVariable is \"KEY_OF_NORTH\", and there is no such environment variable", "export it"),
        new("gave an option of the other kind", ShellOfB, "{ \"kind\": \"openssh\", \"host\": \"south\", \"fingerprint\": \"SHA256:x\" }", 15, "nodes[1].shell.fingerprint is for kind ssh, and this one's is openssh", "leave it out, or change the kind"),
        new("gave a local node a host", ShellOfB, "{ \"kind\": \"local\", \"host\": \"south\" }", 15, "nodes[1].shell.host is for kind ssh and openssh, and this one's is local", "leave it out"),
        new("switched the host key check off", ShellOfB, "{ \"kind\": \"openssh\", \"host\": \"south\", \"extraOptions\": [\"StrictHostKeyChecking=no\"] }", 15, "nodes[1].shell.extraOptions[0] is 'StrictHostKeyChecking=no'", "leave it out"),
        new("gave an option that is out of bounds", "\"verifyTimeout\": \"30s\"", "\"verifyTimeout\": \"10m\"", 25, "options.verifyTimeout is 600 s", "it must be from 1 s to 300 s"),

        // Values that are valid alone and wrong together.
        new("called both nodes alike", "\"name\": \"b\"", "\"name\": \"a\"", 14, "nodes[1].name is \"a\", as nodes[0].name is", "give each node a name of its own"),
        new("gave the same host twice", ShellOfB, ShellOfA, 16, "nodes[1].ledger is \"/mnt/ledger\" at sol@north.example.com, which is the ledger of nodes[0] as well: both nodes are one and the same", "give the host or the ledger of the other node"),
        new("asked for more at the fence than for the window", "\"minimumIdle\": \"none\"", "\"minimumIdle\": \"1m\", \"minimumIdleAtDemotion\": \"2m\"", 24, "options.minimumIdleAtDemotion is 120 s, more than minimumIdle (60 s)", "make it shorter, or leave it out"),
        new("made the pause longer than the time", "\"verifyTimeout\": \"30s\"", "\"retryDelay\": \"30s\", \"rollbackTimeout\": \"1m\"", 25, "options.retryDelay is 30 s, more than a quarter of rollbackTimeout (60 s)", "make the pause shorter"),
    ];
}
