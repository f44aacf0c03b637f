using System.Text;
using System.Text.Json;

namespace Tachyon.Failover;

/// <summary>A result, report or verdict that writes its documented JSON by itself.</summary>
internal interface IJsonReport
{
    /// <summary>Writes its members. Stored JSON depends on their names: members are only added.</summary>
    void WriteTo(ReportWriter writer);

    /// <summary>A report as text.</summary>
    static string Text(IJsonReport report, bool indented)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = indented }))
        {
            new ReportWriter(json).Value(report);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
