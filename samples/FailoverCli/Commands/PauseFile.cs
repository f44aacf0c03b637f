using System.Text.Json;
using System.Text.Json.Serialization;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Monitoring;
using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>The file that announces a silence.</summary>
internal static class PauseFile
{
    /// <exception cref="UsageException">Its folder cannot be created.</exception>
    public static FileMaintenancePause Of(PairFile file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file.Pause)!);
            return new FileMaintenancePause(file.Pause);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"pause is '{file.Pause}', and its folder cannot be made: {exception.Message.TrimEnd('.')}. Name another file with pause in the pair file");
        }
    }

    public static string JsonOf(PairFile file, MaintenancePause? pause) => JsonSerializer.Serialize(new PauseDocument(1, pause?.Until, pause?.Reason, file.Pause), PauseDocumentJson.Default.PauseDocument);
}

/// <summary>The announced pause, null if there is none; and the file that would hold it.</summary>
internal sealed record PauseDocument(int Version, DateTimeOffset? Until, string? Reason, string File);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PauseDocument))]
internal sealed partial class PauseDocumentJson : JsonSerializerContext;
