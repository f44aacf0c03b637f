namespace Tachyon.Failover.Clients;

/// <summary>The clients that this library knows, the oldest first.</summary>
internal static class ClientProfiles
{
    public static IReadOnlyList<ClientProfile> All { get; } = [new Agave22(), new Agave31To41(), new Agave42To43()];

    /// <summary>The newest version that was measured, for people.</summary>
    public static string NewestMeasured => All[^1].Measured[^1];

    /// <summary>
    /// The texts of all clients. A command does not know which program answers it: an upgrade may have exchanged the file since, and no text means two things. Those of the newest
    /// client come first, because they are the more exact ones.
    /// </summary>
    public static IReadOnlyList<(string Words, CallFailure Failure)> Refusals { get; } = [.. All.Reverse().SelectMany(static profile => profile.Refusals).Distinct()];

    /// <inheritdoc cref="ClientProfile.HalfDone"/>
    public static IReadOnlyList<string> HalfDone { get; } = [.. All.SelectMany(static profile => profile.HalfDone).Distinct()];

    /// <summary>The profile of a version; null if it is none of these.</summary>
    public static ClientProfile? Of(ClientVersion version) => All.FirstOrDefault(profile => profile.Covers(version));
}
