namespace Tachyon.Failover.Reports;

/// <summary>The JSON form of a task for the operator.</summary>
internal sealed record OperatorActionDocument(string Node, string Reason, string? Command)
{
    public static OperatorActionDocument Of(OperatorAction followUp) => new(followUp.Node, followUp.Reason, followUp.Command);
}
