namespace Tachyon.Failover.Shells;

/// <summary>A script on its way to a node, and the answer that will come.</summary>
internal sealed class ScriptRequest(ShellScript script, TimeSpan limit)
{
    private readonly TaskCompletionSource<ScriptAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ShellScript Script { get; } = script;

    /// <summary>The shell variable in which the output is kept; null for none.</summary>
    public string? KeepAs { get; init; }

    /// <summary>How long the script may take, from the end of the one before it.</summary>
    public TimeSpan Limit { get; } = limit;

    /// <summary>The time from <see cref="AskedAt"/> within which the node is to begin with it, or not at all; null for whenever it arrives.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>When it was asked for, a timestamp of the coordinator's clock.</summary>
    public long AskedAt { get; init; }

    public long Number { get; set; }

    public Task<ScriptAnswer> Answer => _answer.Task;

    public void Complete(ScriptAnswer answer) => _answer.TrySetResult(answer);
}
