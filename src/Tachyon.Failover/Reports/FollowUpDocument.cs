namespace Tachyon.Failover.Reports;

/// <summary>The JSON form of a task for the operator.</summary>
internal sealed record FollowUpDocument(string Node, string Reason, string? Command)
{
    public static FollowUpDocument Of(FollowUp followUp) => new(followUp.Node, followUp.Reason, followUp.Command);
}
