namespace Tachyon.Failover.Clients;

/// <summary>Agave 4.2 and 4.3 on a cluster that votes by towers.</summary>
internal sealed class Agave42To43 : ClientProfile
{
    private static readonly Agave31To41 Before = new();

    public override string Versions => "Agave 4.2, 4.3 with a tower";

    public override IReadOnlyList<string> Measured => ["4.3.0-beta.2"];

    public override string Source => "agave-validator 4.3.0-beta.2 on a cluster with a tower, 2026-11-30; 4.2 by its source";

    public override string SetIdentityTakes => "1 ms";

    public override string Differs => "`setIdentity` has three arguments on the socket; a change from one staked identity to another is refused; it may fail half done, and the same call again completes it; 4.3 needs `--no-xdp` or its opposite";

    // A vote history is asked for only where the vote account has voted by Alpenglow. Its words end like those about a tower.
    public override IReadOnlyList<(string Words, CallFailure Failure)> Refusals { get; } = [("Unable to load vote history file", CallFailure.Refused), .. Before.Refusals];

    public override IReadOnlyList<string> HalfDone { get; } = ["Failed to apply new identity to"];

    public override bool Covers(ClientVersion version) => version is { Family: ClientFamily.Agave, Major: 4, Minor: 2 or 3 };
}
