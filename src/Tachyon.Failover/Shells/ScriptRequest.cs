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

    /// <summary>
    /// Whether the answer comes as soon as the script has ended, although something that it has left running still holds its output: a command of the operator's may leave a process in the background. It costs
    /// a program more on the node, so that a conversation, whose scripts are the library's own, does without.
    /// </summary>
    public bool MayLeaveProcesses { get; init; }

    public long Number { get; set; }

    public Task<ScriptAnswer> Answer => _answer.Task;

    public void Complete(ScriptAnswer answer) => _answer.TrySetResult(answer);
}
