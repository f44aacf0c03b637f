using System.Globalization;
using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli.Screens;

/// <summary>A line for each event, with the time, for logs and terminals that can only print.</summary>
internal sealed class PlainScreen(Surroundings surroundings, TextWriter writer, ValidatorPair pair, RunKind kind) : ProgressScreen(surroundings.Interrupts, pair, kind)
{
    private readonly Lock _turn = new();

    // Print the start of long steps only. The result of a short step follows at once.
    private static bool Lasts(string step) => step is "Preflight" or "AwaitRestartWindow" or "Prepare" or "Verify" or "TakeLocks" or "Diagnose" or "AssessEvidence" or "ChooseTower";

    protected override void Show(FailoverProgress value)
    {
        var words = value switch
        {
            { Note: not null } => value.Note,
            { Step: "Preflight", Result.Failure: CallFailure.Refused } => "refused; what was found follows",
            { Step: "AwaitRestartWindow", Result: { IsDone: true, Detail: { } detail } } => $"done, {detail} ({DurationWords(value.Elapsed)})",
            { Result: not null } => $"{value.Result.ToString().ReplaceLineEndings(" ")} ({DurationWords(value.Elapsed)})",
            _ when Lasts(value.Step) => "begun",
            _ => null,
        };
        if (words is not null)
        {
            Say($"{StepRow.Words(value.Step)}{(value.Node is null ? "" : $" on {value.Node}")}: {words}");
        }
    }

    protected override void Say(string words)
    {
        lock (_turn)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{surroundings.Time.GetUtcNow():yyyy-MM-dd HH:mm:ss.fff'Z'}  {words}"));
            writer.Flush();
        }
    }

    private static string DurationWords(TimeSpan span) => span < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0} ms")
        : DurationText.Of(span);
}
