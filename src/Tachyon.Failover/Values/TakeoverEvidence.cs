using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>Evidence that the lost node is not voting and cannot resume. Immutable.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class TakeoverEvidence : IJsonReport
{
    internal TakeoverEvidence()
    {
    }

    /// <summary>The highest grade that is reached.</summary>
    public EvidenceGrade Grade { get; internal set; }

    /// <summary>The facts, a sentence each.</summary>
    public IReadOnlyList<string> Facts { get; internal set; } = null!;

    /// <summary>What would raise the grade, a sentence each; empty if nothing can.</summary>
    public IReadOnlyList<string> Missing { get; internal set; } = null!;

    void IJsonReport.WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("grade", IJsonReport.Word(Grade));
        IJsonReport.Write(writer, "seen", Facts);
        IJsonReport.Write(writer, "missing", Missing);
        writer.WriteEndObject();
    }

    /// <summary>The grade, and below it the facts and what would raise it.</summary>
    public override string ToString() => string.Join('\n', [$"{Grade}", .. Facts.Select(line => $"  {line}"), .. Missing.Select(line => $"  to raise it: {line}")]);

    /// <summary>A copy with some changes.</summary>
    internal TakeoverEvidence With(Action<TakeoverEvidence> change)
    {
        var copy = (TakeoverEvidence)MemberwiseClone();
        change(copy);
        return copy;
    }
}
