using System.Text.Json;
using System.Text.Json.Serialization;
using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli;

/// <summary>Reports why a command has no answer: to people on standard error, to machines as the one JSON object.</summary>
internal sealed class FailureReport(Surroundings surroundings, bool isJson)
{
    public int Usage(string message) => Tell("usage", message, [], ExitCode.Usage);

    public int Cancelled(string message) => Tell("cancelled", message, [], ExitCode.Cancelled);

    public int PairFile(PairFileException exception) => Tell("pairFile", exception.ToString(), exception.Errors, ExitCode.Usage);

    public int Broken(Exception exception) => Tell(
        "broken", $"This program failed: {exception.Message} If a switchover or a recovery was under way, check with: tachyon-failover diagnose{Environment.NewLine}{exception}", [], ExitCode.Broken);

    private int Tell(string failure, string message, IReadOnlyList<PairFileError> errors, int code)
    {
        try
        {
            Write(failure, message, errors, code);
        }
        catch (IOException)
        {
            // The reader is gone. The exit code still reports the failure.
        }

        return code;
    }

    private void Write(string failure, string message, IReadOnlyList<PairFileError> errors, int code)
    {
        if (isJson)
        {
            var document = new FailureDocument(FailureDocument.CurrentVersion, failure, code, errors.Count == 0 ? message : message.Split(Environment.NewLine)[0], [.. errors.Select(FailureDocument.Error.Of)]);
            surroundings.Out.WriteLine(JsonSerializer.Serialize(document, FailureJson.Default.FailureDocument));
        }
        else
        {
            surroundings.Error.WriteLine(message);
        }
    }
}

/// <summary>A failure as JSON. Members may be added under one version; no member is removed or changes its meaning.</summary>
internal sealed record FailureDocument(int Version, string Failure, int ExitCode, string Message, IReadOnlyList<FailureDocument.Error> Errors)
{
    public const int CurrentVersion = 1;

    internal sealed record Error(int? Line, string? Origin, string Field, string? Value, string Problem, string Remedy)
    {
        public static Error Of(PairFileError error) => new(error.Line, error.Origin, error.Field, error.Value, error.Problem, error.Remedy);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(FailureDocument))]
internal sealed partial class FailureJson : JsonSerializerContext;
