namespace Tachyon.Failover.Reports;

/// <summary>What a person must do, as JSON has it.</summary>
internal sealed record FollowUpDocument(string Node, string Reason, string? Command)
{
    public static FollowUpDocument Of(FollowUp followUp) => new(followUp.Node, followUp.Reason, followUp.Command);
}
