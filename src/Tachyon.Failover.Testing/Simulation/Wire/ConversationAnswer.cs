namespace Tachyon.Failover.Testing.Simulation.Wire;

/// <summary>What came of a command in a conversation.</summary>
/// <param name="Result">Done, not done or unknown.</param>
/// <param name="Value">What it read; null if nothing.</param>
internal sealed record ConversationAnswer(CallResult Result, object? Value = null)
{
    public CallResult<T> As<T>()
        where T : class => Result.IsDone ? (T)Value! : Result;
}
