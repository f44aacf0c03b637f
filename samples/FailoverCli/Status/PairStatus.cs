using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tachyon.Failover.Cli.Status;

/// <summary>The output of <c>status</c>.</summary>
internal sealed record PairStatus(DateTimeOffset At, PairDiagnosis Diagnosis, NodeStatus First, NodeStatus Second, SlotReading? Slots, string? WhyNoSlots)
{
    private const int LabelWidth = 10;

    /// <summary>The note of a diagnosis that every verb refuses the pair (docs/notes.md).</summary>
    private const string ClientRefused = "TF209";

    public string ToJson() => JsonSerializer.Serialize(StatusDocument.Of(this), StatusJson.Default.StatusDocument);

    public override string ToString()
    {
        var text = new StringBuilder();
        Line("identity", Diagnosis.StakedIdentity.ToString());
        Line("state", State);
        text.AppendLine();
        var width = new[] { First, Second }.Max(node => Columns(node).Max(column => column.Value.Length)) + 3;
        foreach (var (label, value) in Columns(First))
        {
            text.AppendLine($"{label.PadRight(LabelWidth)}{value.PadRight(width)}{Columns(Second).First(column => column.Label == label).Value}".TrimEnd());
        }

        text.AppendLine();
        Line("slot", Slots?.Clock ?? $"not known: {WhyNoSlots}");
        Line("landed", Diagnosis.LastLandedVote is { } vote ? $"the newest vote on the chain is for slot {vote}" : "not known");
        Line("leader", Slots?.Leads ?? "not known");
        Line("window", Slots?.Window ?? "not known");
        foreach (var line in Remarks())
        {
            text.AppendLine(line);
        }

        return text.ToString().TrimEnd();

        void Line(string label, string words) => text.AppendLine($"{label.PadRight(LabelWidth)}{words}");
    }

    // One wording for one state: that of the diagnosis, which speaks of a source and a target. A status has no direction.
    private string State => Words.ByName(Diagnosis.Reason.TrimEnd('.'), Diagnosis.Source.Name, Diagnosis.Target.Name);

    private static IEnumerable<(string Label, string Value)> Columns(NodeStatus node) =>
    [
        ("node", node.Finding.Name),
        ("at", node.Address),
        ("runs", node.Runs),
        ("votes", node.Votes),
        ("link", node.Link),
        ("tower", node.Tower),
        ("slot", node.Slot?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "not known"),
        ("health", node.Health),
        ("version", node.Version ?? "not known"),
    ];

    private IEnumerable<string> Remarks()
    {
        if (Diagnosis.Action == RecoveryAction.NothingToDo && Diagnosis is { Interrupted.Count: 0, Notes.Count: 0 })
        {
            yield break;
        }

        yield return "";
        foreach (var run in Diagnosis.Interrupted)
        {
            yield return $"Interrupted: {run}";
        }

        foreach (var note in Diagnosis.Notes)
        {
            yield return $"Note: {note}";
        }

        // A pair that every verb refuses may be in order. A diagnosis knows no more of it.
        if (Diagnosis.Action != RecoveryAction.NothingToDo && Diagnosis.InProgress.Count == 0 && !Diagnosis.Notes.Any(static note => note.Code == ClientRefused))
        {
            yield return "The pair is not in order. What to do: tachyon-failover diagnose";
        }
    }
}

/// <summary>A status as JSON. Members may be added under one version; no member is removed or changes its meaning.</summary>
internal sealed record StatusDocument(
    int Version, DateTimeOffset At, string StakedIdentity, string State, string Reason, string Action, IReadOnlyList<StatusDocument.Node> Nodes, StatusDocument.ClusterPart? Cluster, ulong? LastLandedVote, IReadOnlyList<RunId> Interrupted, IReadOnlyList<string> InProgress)
{
    public const int CurrentVersion = 1;

    public static StatusDocument Of(PairStatus status) => new(
        CurrentVersion,
        status.At,
        status.Diagnosis.StakedIdentity.ToString(),
        Word(status.Diagnosis.State),
        status.Diagnosis.Reason,
        Word(status.Diagnosis.Action),
        [.. new[] { status.First, status.Second }.Select(node => new Node(
            node.Finding.Name, node.Address, Word(node.Finding.Condition), node.Finding.Identity is { } identity ? Word(identity) : null, node.Finding.Votes, node.Finding.Link is { } link ? Word(link) : null, node.Finding.LastVotedSlot, node.Slot, node.Health, node.Version))],
        status.Slots is { } slots ? ClusterPart.Of(slots) : null,
        status.Diagnosis.LastLandedVote,
        status.Diagnosis.Interrupted,
        status.Diagnosis.InProgress);

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    internal sealed record Node(
        string Name, string Address, string Condition, string? Identity, bool? Votes, string? Link, ulong? LastVotedSlot, ulong? Slot, string Health, string? Version);

    internal sealed record ClusterPart(ulong Slot, double SlotMilliseconds, ulong Epoch, ulong? NextLeaderSlot, double? NextLeaderInSeconds, WindowPart? NextWindow)
    {
        public static ClusterPart Of(SlotReading slots) => new(
            slots.Slot,
            slots.Length.TotalMilliseconds,
            slots.Epoch.Epoch,
            slots.NextLeaderSlot,
            slots.NextLeaderSlot is { } next ? slots.Until(next).TotalSeconds : null,
            slots.NextWindow is { } window ? new WindowPart(window.First, window.End, slots.MayBeLonger(window.End), slots.Until(window.First).TotalSeconds) : null);
    }

    internal sealed record WindowPart(ulong FirstSlot, ulong EndSlot, bool EndsUnknown, double InSeconds);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(StatusDocument))]
internal sealed partial class StatusJson : JsonSerializerContext;
