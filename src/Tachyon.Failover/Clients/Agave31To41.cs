namespace Tachyon.Failover.Clients;

/// <summary>tachyon and Agave 3.1 to 4.1.</summary>
internal sealed class Agave31To41 : ClientProfile
{
    private static readonly Agave22 Before = new();

    public override string Versions => "tachyon, Agave 3.1 to 4.1";

    public override IReadOnlyList<string> Measured => ["4.0.3"];

    public override string Source => "agave-validator 4.0.3, a cluster of three nodes, 2026-11-30; 3.1 and 4.1 by their source";

    public override string SetIdentityTakes => "1 ms: the lock is gone";

    public override string Differs => "`--no-check-vote-account` and `--gossip-host` are gone; `exit` lost `--monitor` and `--wait-for-exit`; `wait-for-restart-window` fails at once if the epoch has no such window";

    // "Validator command failed: admin rpc error:" stands before the words of 2.2. Local errors lost their own beginning.
    public override IReadOnlyList<(string Words, CallFailure Failure)> Refusals { get; } = [.. Before.Refusals, ("Input must be a JSON array", CallFailure.KeypairUnusable)];

    public override bool Covers(ClientVersion version) => version.Family == ClientFamily.Agave && version.IsAtLeast(3, 1) && !version.IsAtLeast(4, 2);
}
