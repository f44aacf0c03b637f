namespace Tachyon.Failover.Reports;

/// <summary>The colors of a picture. Source and target differ in brightness too, and no information depends on color alone.</summary>
internal static class PictureColor
{
    public const string Paper = "#ffffff";
    public const string Ink = "#1f2937";
    public const string Grey = "#6b7280";
    public const string Rule = "#e5e7eb";
    public const string Panel = "#f6f7f9";
    public const string Source = "#1d4ed8";
    public const string SourceLight = "#dbe6fe";
    public const string Target = "#0d9488";
    public const string TargetLight = "#cdf3ec";
    public const string Missed = "#dc2626";
    public const string MissedLight = "#fee2e2";
    public const string MissedStripe = "#f28b8b";
    public const string Doubt = "#b45309";
    public const string DoubtLight = "#fdeecb";
    public const string Step = "#64748b";
    public const string Good = "#15803d";

    public static string Of(NodeSide side) => side == NodeSide.Source ? Source : Target;

    public static string LightOf(NodeSide side) => side == NodeSide.Source ? SourceLight : TargetLight;

    public static string Of(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Done => Step,
        CallOutcome.NotDone => Missed,
        _ => Doubt,
    };

    public static string Of(FailoverOutcome outcome) => outcome switch
    {
        FailoverOutcome.Completed => Good,
        FailoverOutcome.Refused => Grey,
        FailoverOutcome.RolledBack => Doubt,
        _ => Missed,
    };
}
