using Tachyon.Failover.Testing.Simulation.Nodes;

namespace Tachyon.Failover.Testing.Simulation.Wire;

/// <summary>A command on its way to a node, and its later answer. Awaiting code continues inside the event that brings the answer.</summary>
internal sealed class ConversationRequest(HostCommand command, TimeSpan limit)
{
    private readonly TaskCompletionSource<ConversationAnswer> _answer = new();

    public HostCommand Command => command;

    /// <summary>How long it may take after the answer to the command before it.</summary>
    public TimeSpan Limit => limit;

    public Task<ConversationAnswer> Answer => _answer.Task;

    public void Complete(CallResult result, object? value = null) => _answer.TrySetResult(new ConversationAnswer(result, value));
}
