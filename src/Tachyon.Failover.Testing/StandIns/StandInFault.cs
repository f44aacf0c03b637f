namespace Tachyon.Failover.Testing.StandIns;

/// <summary>A fault of a stand-in validator.</summary>
public sealed record StandInFault
{
    /// <summary>The kind of the fault.</summary>
    public required StandInFaultKind Kind { get; init; }

    /// <summary>
    /// The admin method with the fault, for example <c>setIdentity</c>, over the socket and from the command line;
    /// not needed for <see cref="StandInFaultKind.DropVotes"/>.
    /// </summary>
    public string Method { get; init; } = "";

    /// <summary>How often the fault happens.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The message of a refusal.</summary>
    public string Words { get; init; } = "Internal error";

    /// <summary>The length of a delay.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(5);
}
