namespace Tachyon.Failover;

/// <summary>Settings are wrong. Thrown before any change, with all errors at once.</summary>
public sealed class InvalidSettingsException : FailoverException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errors">The errors, a sentence each, at least one.</param>
    public InvalidSettingsException(IReadOnlyList<string> errors)
        : base(string.Join(Environment.NewLine, errors ?? throw new ArgumentNullException(nameof(errors)))) => Errors = errors;

    /// <summary>The errors, each in a sentence that names the field, the value and the remedy.</summary>
    public IReadOnlyList<string> Errors { get; }

    internal static void ThrowIfAny(IReadOnlyList<string> errors)
    {
        if (errors.Count > 0)
        {
            throw new InvalidSettingsException(errors);
        }
    }
}
