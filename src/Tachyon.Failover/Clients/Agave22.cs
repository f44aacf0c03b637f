namespace Tachyon.Failover.Clients;

/// <summary>tachyon and Agave 2.2.</summary>
internal sealed class Agave22 : ClientProfile
{
    public override string Versions => "tachyon, Agave 2.2";

    public override IReadOnlyList<string> Measured => ["2.2.15"];

    public override string Source => "source of tachyon-validator 2.2.15 and a cluster of three nodes, 2026-11-23";

    public override string SetIdentityTakes => "0 to 1 s: it waits for a lock that is free once a second";

    public override string Differs => "";

    public override IReadOnlyList<(string Words, CallFailure Failure)> Refusals { get; } =
    [
        ("admin.rpc does not exist", CallFailure.ValidatorNotRunning),
        ("Connection refused", CallFailure.ValidatorNotRunning),
        ("Retry once validator start up is complete", CallFailure.ValidatorStarting),
        ("The signature on the saved tower is invalid", CallFailure.TowerSignatureInvalid),
        ("IO Error: No such file or directory", CallFailure.TowerMissing),
        ("Serialization Error", CallFailure.TowerCorrupt),
        ("Unable to load tower file", CallFailure.TowerCorrupt),
        ("Invalid value for '<KEYPAIR>'", CallFailure.KeypairUnusable),
        ("Unable to read JSON keypair", CallFailure.KeypairUnusable),
        ("Failed to read identity keypair", CallFailure.KeypairUnusable),
        ("Failed to read authorized voter keypair", CallFailure.KeypairUnusable),
        ("Permission denied", CallFailure.PermissionDenied),
    ];

    public override bool Covers(ClientVersion version) => version is { Family: ClientFamily.Agave, Major: 2, Minor: 2 };
}
