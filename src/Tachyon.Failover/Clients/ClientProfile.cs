namespace Tachyon.Failover.Clients;

/// <summary>The facts of one line of a client whose nodes keep towers: its words, its ways, and where the facts are from. Immutable.</summary>
internal abstract class ClientProfile
{
    /// <summary>The versions, for people.</summary>
    public abstract string Versions { get; }

    /// <summary>The versions that were measured on real nodes, the newest last; empty if the source was only read.</summary>
    public abstract IReadOnlyList<string> Measured { get; }

    /// <summary>Where the facts are from, and of which date.</summary>
    public abstract string Source { get; }

    /// <summary>How long <c>set-identity</c> takes on the socket, for people.</summary>
    public abstract string SetIdentityTakes { get; }

    /// <summary>What an operator meets that an earlier line does not have, for people.</summary>
    public abstract string Differs { get; }

    /// <summary>Texts for a request that the validator refused, or that could not have reached it. The first that fits counts.</summary>
    public abstract IReadOnlyList<(string Words, CallFailure Failure)> Refusals { get; }

    /// <summary>
    /// Texts of a <c>set-identity</c> that failed half done: network parts of the validator may already use the new key while <c>getIdentity</c> still reports the old one. The same
    /// call again completes it. Such a text is never "nothing happened".
    /// </summary>
    public virtual IReadOnlyList<string> HalfDone => [];

    /// <summary>Whether a version belongs to this line.</summary>
    public abstract bool Covers(ClientVersion version);

    /// <summary>Whether the version's own minor line was measured.</summary>
    public bool WasMeasured(ClientVersion version) =>
        Measured.Any(measured => ClientVersion.OfRunning(measured) is { } known && (known.Major, known.Minor) == (version.Major, version.Minor));
}
