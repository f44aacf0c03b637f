namespace Tachyon.Failover.RestartWindows;

/// <summary>A restart window that was open when it was found.</summary>
/// <remarks>Immutable.</remarks>
public sealed class OpenRestartWindow
{
    /// <summary>The least time without leader slots of the validator, from the end of the wait.</summary>
    public required TimeSpan Idle { get; init; }

    /// <summary>The window as a line of text.</summary>
    public override string ToString() => $"no leader slot for {SpanText.Of(Idle)}";
}
