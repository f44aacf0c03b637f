namespace Tachyon.Failover.Testing.StandIns;

/// <summary>Something that is to go wrong in a stand-in validator.</summary>
public sealed record StandInFault
{
    /// <summary>What.</summary>
    public required StandInFaultKind Kind { get; init; }

    /// <summary>
    /// The admin method that it befalls, for example <c>setIdentity</c>, whether it comes over the socket or from the command line;
    /// not needed for <see cref="StandInFaultKind.DropVotes"/>.
    /// </summary>
    public string Method { get; init; } = "";

    /// <summary>How often, before all is well again.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The words of a refusal.</summary>
    public string Words { get; init; } = "Internal error";

    /// <summary>How long a delay is.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(5);
}
