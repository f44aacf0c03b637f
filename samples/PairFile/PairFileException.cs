namespace Tachyon.Failover.Pairs;

/// <summary>A pair file cannot be used. Holds all its errors.</summary>
internal sealed class PairFileException(string path, IReadOnlyList<PairFileError> errors) : Exception($"{path} cannot be used")
{
    public string Path => path;

    public IReadOnlyList<PairFileError> Errors => errors;

    /// <summary>All errors, for people.</summary>
    public override string ToString() =>
        $"{(errors.All(error => error.Origin is not null) ? $"Settings given besides {path}" : path)} cannot be used: {(errors.Count == 1 ? "one error" : $"{errors.Count} errors")}. No node was spoken to.{Environment.NewLine}{string.Join("", errors.Select(error => $"{Environment.NewLine}{error}"))}";
}
