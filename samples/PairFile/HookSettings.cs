namespace Tachyon.Failover.Pairs;

/// <summary>A command that the daemon runs before or after a takeover.</summary>
internal sealed record HookSettings
{
    /// <summary>Whether the command runs before or after the takeover.</summary>
    public required bool IsBefore { get; init; }

    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);

    public bool MustSucceed { get; init; }

    /// <summary>The program's name, for people.</summary>
    public string Name => Path.GetFileName(Command[0]);
}
