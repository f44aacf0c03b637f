namespace Tachyon.Failover.Shells;

/// <summary>A script on its way to a node, and the answer that will come.</summary>
internal sealed class ScriptRequest(ShellScript script, TimeSpan limit, string? keepAs)
{
    private readonly TaskCompletionSource<ScriptAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ShellScript Script { get; } = script;

    /// <summary>The shell variable in which the output is kept; null for none.</summary>
    public string? KeepAs { get; } = keepAs;

    /// <summary>How long the script may take, from the end of the one before it.</summary>
    public TimeSpan Limit { get; } = limit;

    public long Number { get; set; }

    public Task<ScriptAnswer> Answer => _answer.Task;

    public void Complete(ScriptAnswer answer) => _answer.TrySetResult(answer);
}
