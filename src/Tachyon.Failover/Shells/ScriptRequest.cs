namespace Tachyon.Failover.Shells;

/// <summary>A script that is sent to a node, and its future answer.</summary>
internal sealed class ScriptRequest(ShellScript script, TimeSpan limit)
{
    private readonly TaskCompletionSource<ScriptAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ShellScript Script { get; } = script;

    /// <summary>The shell variable in which the output is kept; null for none.</summary>
    public string? KeepAs { get; init; }

    /// <summary>How long the script may take, from the end of the previous one.</summary>
    public TimeSpan Limit { get; } = limit;

    /// <summary>The node begins only within this time from <see cref="AskedAt"/>, or not at all; null for no limit.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>When the script was requested, as a timestamp of the coordinator's clock.</summary>
    public long AskedAt { get; init; }

    /// <summary>
    /// Whether the answer comes as soon as the script has ended, even if a process that it left running holds its output: an operator's command may leave one in the background.
    /// It costs one more program on the node. The scripts of a conversation are the library's own and do not need it.
    /// </summary>
    public bool MayLeaveProcesses { get; init; }

    public long Number { get; set; }

    public Task<ScriptAnswer> Answer => _answer.Task;

    public void Complete(ScriptAnswer answer) => _answer.TrySetResult(answer);
}
