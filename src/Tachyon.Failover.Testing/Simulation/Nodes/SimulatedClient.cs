namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>
/// The client that both nodes say they run, and the consensus of their cluster, as programs and RPCs show them. The nodes themselves behave as 2.2.15 was measured to behave, except that
/// later ones have no lock around the identity, and that a cluster without towers saves none.
/// </summary>
internal sealed record SimulatedClient
{
    public static readonly SimulatedClient Tachyon22 = new() { Program = "tachyon-validator 2.2.15 (src:00000000; feat:1576788063, client:Tachyon)", Running = "2.2.15", HasKeyLock = true };

    public static readonly SimulatedClient Agave40 = new() { Program = "agave-validator 4.0.3 (src:69e29197; feat:6ff76655, client:JitoLabs)", Running = "4.0.3" };

    public static readonly SimulatedClient Agave43 = new()
    {
        Program = "agave-validator 4.3.0-beta.2 (src:9d9c0f7a; feat:8f96a3db, client:JitoLabs)",
        Running = "4.3.0-beta.2",
        HasAgGenesisCert = false,
    };

    public static readonly SimulatedClient Agave5 = Agave43 with { Program = "agave-validator 5.0.1 (src:00000000; feat:00000000, client:Agave)", Running = "5.0.1" };

    public static readonly SimulatedClient Alpenglow = Agave43 with { HasAgGenesisCert = true, SavesTowers = false };

    public static readonly SimulatedClient Migrating = Alpenglow with { IsMigrating = true };

    public static readonly SimulatedClient Frankendancer = new() { Program = "0.909.40003 (03268710bdc9a68f22a4e582dfaef92e5b62ace8)", Running = "0.909.40003" };

    public static readonly SimulatedClient Firedancer = new() { Program = "26.11.0 (145d870ca63c563bc34a66f5c6bae1e2d549b808)", Running = "26.11.0", SavesTowers = false };

    /// <summary>What the program prints for <c>--version</c>.</summary>
    public required string Program { get; init; }

    /// <summary>What the RPC answers to <c>getVersion</c>.</summary>
    public required string Running { get; init; }

    /// <summary>Whether a swap of the identity waits for a lock that is free once a second. A validator that is started later has it, or not.</summary>
    public bool HasKeyLock { get; init; }

    /// <summary>What the RPC answers to <c>getAgGenesisCert</c>; null if it does not know the method.</summary>
    public bool? HasAgGenesisCert { get; init; }

    /// <summary>Whether the cluster's RPC does not show the certificate yet that the nodes show.</summary>
    public bool IsMigrating { get; init; }

    /// <summary>Whether votes are saved as towers.</summary>
    public bool SavesTowers { get; init; } = true;
}
