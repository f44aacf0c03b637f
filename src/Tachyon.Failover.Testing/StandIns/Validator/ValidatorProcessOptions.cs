using System.Globalization;

namespace Tachyon.Failover.Testing.StandIns.Validator;

/// <summary>The arguments of a validator process: the relevant ones of the real program, and the address of the cluster.</summary>
internal sealed record ValidatorProcessOptions
{
    public required string Node { get; init; }

    /// <summary>The identity link: read at every start.</summary>
    public required string Identity { get; init; }

    public required IReadOnlyList<string> AuthorizedVoters { get; init; }

    public required string Ledger { get; init; }

    public required string Tower { get; init; }

    public required string VoteAccountNode { get; init; }

    public required int LinkPort { get; init; }

    public required int ClusterRpcPort { get; init; }

    public required int RpcPort { get; init; }

    /// <summary>Whether others reach its ports when it starts.</summary>
    public required bool IsReachable { get; init; }

    public required StandInClient Client { get; init; }

    public required ulong Seed { get; init; }

    public required double StartMilliseconds { get; init; }

    public required double SlotMilliseconds { get; init; }

    public static ValidatorProcessOptions Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i++)
        {
            // An option without a value is a flag.
            values.TryAdd(arguments[i], []);
            if (i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                values[arguments[i]].Add(arguments[++i]);
            }
        }

        string One(string name) => values.TryGetValue(name, out var given) ? given[^1] : throw new ArgumentException($"The argument {name} is missing.", nameof(arguments));
        int Number(string name) => int.Parse(One(name), CultureInfo.InvariantCulture);
        return new ValidatorProcessOptions
        {
            Node = One("--node"),
            Identity = One("--identity"),
            AuthorizedVoters = values.GetValueOrDefault("--authorized-voter") ?? [],
            Ledger = One("--ledger"),
            Tower = values.TryGetValue("--tower", out var tower) ? tower[^1] : One("--ledger"),
            VoteAccountNode = One("--vote-account-node"),
            LinkPort = Number("--link-port"),
            ClusterRpcPort = Number("--cluster-rpc-port"),
            RpcPort = Number("--rpc-port"),
            IsReachable = bool.Parse(One("--reachable")),
            Client = Enum.Parse<StandInClient>(One("--client")),
            Seed = ulong.Parse(One("--seed"), CultureInfo.InvariantCulture),
            StartMilliseconds = double.Parse(One("--start-milliseconds"), CultureInfo.InvariantCulture),
            SlotMilliseconds = double.Parse(One("--slot-milliseconds"), CultureInfo.InvariantCulture),
        };
    }
}
