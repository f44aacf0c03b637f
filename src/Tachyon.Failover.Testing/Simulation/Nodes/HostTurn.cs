namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>A running command. Only its first answer counts.</summary>
internal sealed class HostTurn(SimulatedNode node, HostShell shell, Action<CallResult, object?> answer)
{
    public SimulatedNode Node => node;

    /// <summary>The shell that executes it, with the variables that earlier commands left.</summary>
    public HostShell Shell => shell;

    /// <summary>How long the validator holds the call.</summary>
    public TimeSpan HangsInValidator { get; init; }

    public bool IsAnswered { get; private set; }

    public void Answer(CallResult result, object? value = null)
    {
        if (!IsAnswered)
        {
            IsAnswered = true;
            answer(result, value);
        }
    }

    /// <summary>The same turn, with an action before the answer.</summary>
    public HostTurn Before(Action action) => new(node, shell, (result, value) =>
    {
        action();
        Answer(result, value);
    })
    {
        HangsInValidator = HangsInValidator,
    };
}
