namespace Tachyon.Failover.Testing.Simulation.Wire;

/// <summary>The answer to a command in a conversation.</summary>
/// <param name="Result">Done, not done or unknown.</param>
/// <param name="Value">The value that it read; null if none.</param>
internal sealed record ConversationAnswer(CallResult Result, object? Value = null)
{
    public CallResult<T> As<T>()
        where T : class => Result.IsDone ? (T)Value! : Result;
}
