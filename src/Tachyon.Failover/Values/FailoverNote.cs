using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>One thing that a result, an evidence or a monitor says: a code for programs and a sentence for people. Immutable.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class FailoverNote : IJsonReport
{
    internal FailoverNote(string code, string? node, string text, params (string Name, object? Value)[] data)
    {
        Code = code;
        Node = node;
        Text = text;
        Data = data.Where(static one => one.Value is not null).ToDictionary(static one => one.Name, static one => FormattableString.Invariant($"{one.Value}"), StringComparer.Ordinal).AsReadOnly();
    }

    /// <summary>The code. It never changes its meaning; docs/notes.md lists all.</summary>
    public string Code { get; }

    /// <summary>The name of the node that it is about; null if it is about both, the cluster or the program.</summary>
    public string? Node { get; }

    /// <summary>The sentence. Its words may change.</summary>
    public string Text { get; }

    /// <summary>The values in the sentence, by the names that docs/notes.md gives, in invariant form; empty if there are none.</summary>
    public IReadOnlyDictionary<string, string> Data { get; }

    void IJsonReport.WriteTo(ReportWriter writer) => writer.Add("code", Code).Add("node", Node).Add("text", Text).Add("data", Data);

    /// <summary>The sentence.</summary>
    public override string ToString() => Text;
}
