using Tachyon.Failover.Testing.Simulation.Nodes;

namespace Tachyon.Failover.Testing.Simulation.Wire;

/// <summary>A command on its way to a node, and the answer that will come. Whoever waits for it goes on inside the event that brings it.</summary>
internal sealed class ConversationRequest(HostCommand command, TimeSpan limit)
{
    private readonly TaskCompletionSource<ConversationAnswer> _answer = new();

    public HostCommand Command => command;

    /// <summary>How long it may take, from the answer to the one before it.</summary>
    public TimeSpan Limit => limit;

    public Task<ConversationAnswer> Answer => _answer.Task;

    public void Complete(CallResult result, object? value = null) => _answer.TrySetResult(new ConversationAnswer(result, value));
}
