using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Tachyon.Failover.Registration;

/// <summary>
/// Reads options from a configuration. By hand, because .NET's binder needs reflection or leaves out an unknown key: a misspelled option would keep its default.
/// </summary>
/// <param name="configuration">The options, and nothing else.</param>
internal sealed class ConfiguredOptions(IConfiguration configuration) : IConfigureOptions<FailoverOptions>, IValidateOptions<FailoverOptions>
{
    /// <summary>The options that a configuration can hold: what reads one and gives the error, null if there is none.</summary>
    internal static readonly IReadOnlyDictionary<string, Func<FailoverOptions, string?, string?>> Fields =
        new Dictionary<string, Func<FailoverOptions, string?, string?>>(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(FailoverOptions.MinimumIdle)] = static (options, text) => ReadTime(text, time => options.MinimumIdle = time, mayBeNull: true),
            [nameof(FailoverOptions.MinimumIdleAtDemotion)] = static (options, text) => ReadTime(text, time => options.MinimumIdleAtDemotion = time, mayBeNull: true),
            [nameof(FailoverOptions.OnClosedWindow)] = static (options, text) => ReadClosedWindow(text, options),
            [nameof(FailoverOptions.RestartWindowTimeout)] = static (options, text) => ReadTime(text, time => options.RestartWindowTimeout = time!.Value),
            [nameof(FailoverOptions.MaximumDelinquentStake)] = static (options, text) => ReadFraction(text, options),
            [nameof(FailoverOptions.Slot)] = static (options, text) => ReadTime(text, time => options.Slot = time!.Value),
            [nameof(FailoverOptions.Drain)] = static (options, text) => ReadTime(text, time => options.Drain = time!.Value),
            [nameof(FailoverOptions.PreflightTimeout)] = static (options, text) => ReadTime(text, time => options.PreflightTimeout = time!.Value),
            [nameof(FailoverOptions.RollbackTimeout)] = static (options, text) => ReadTime(text, time => options.RollbackTimeout = time!.Value),
            [nameof(FailoverOptions.RetryDelay)] = static (options, text) => ReadTime(text, time => options.RetryDelay = time!.Value),
            [nameof(FailoverOptions.VerifyTimeout)] = static (options, text) => ReadTime(text, time => options.VerifyTimeout = time!.Value),
            [nameof(FailoverOptions.JournalTimeout)] = static (options, text) => ReadTime(text, time => options.JournalTimeout = time!.Value),
            [nameof(FailoverOptions.Holder)] = static (options, text) =>
            {
                options.Holder = text ?? "";
                return null;
            },
        };

    /// <summary>The options that only code or the container can give.</summary>
    internal static readonly IReadOnlyList<string> FromCode = [nameof(FailoverOptions.Journal), nameof(FailoverOptions.Preflight), nameof(FailoverOptions.Reclassify)];

    public void Configure(FailoverOptions options) => Read(options);

    public ValidateOptionsResult Validate(string? name, FailoverOptions options)
    {
        var errors = Read(new FailoverOptions());
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private List<string> Read(FailoverOptions options)
    {
        var errors = new List<string>();
        foreach (var value in configuration.GetChildren())
        {
            var error = Fields.TryGetValue(value.Key, out var read) ? read(options, value.Value)
                : FromCode.Contains(value.Key, StringComparer.OrdinalIgnoreCase) ? "which a configuration cannot hold; set it in code, or register it in the container"
                : $"which is no option; give one of {string.Join(", ", Fields.Keys)}, or leave it out";
            if (error is not null)
            {
                errors.Add($"{(value as IConfigurationSection)?.Path ?? value.Key} is '{value.Value}', {error}.");
            }
        }

        return errors;
    }

    private static string? ReadTime(string? text, Action<TimeSpan?> set, bool mayBeNull = false)
    {
        if (string.IsNullOrEmpty(text) && mayBeNull)
        {
            set(null);
            return null;
        }

        if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time))
        {
            return "which is no time; write hours, minutes and seconds, such as 00:00:30";
        }

        set(time);
        return null;
    }

    private static string? ReadFraction(string? text, FailoverOptions options)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction))
        {
            return "which is no number; give one from 0 to 1, such as 0.05";
        }

        options.MaximumDelinquentStake = fraction;
        return null;
    }

    // TryParse takes numbers as well, and any of them.
    private static string? ReadClosedWindow(string? text, FailoverOptions options)
    {
        if (!Enum.TryParse<ClosedRestartWindow>(text, ignoreCase: true, out var choice) || !Enum.IsDefined(choice))
        {
            return $"which is no {nameof(ClosedRestartWindow)}; give {string.Join(" or ", Enum.GetNames<ClosedRestartWindow>())}";
        }

        options.OnClosedWindow = choice;
        return null;
    }
}
