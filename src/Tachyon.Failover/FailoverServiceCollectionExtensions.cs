using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Tachyon.Failover;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a <see cref="FailoverCoordinator"/> in a container. Without a container, use its constructor.</summary>
public static class FailoverServiceCollectionExtensions
{
    /// <summary>
    /// Registers one coordinator for all pairs of the program, with these options. It uses the container's <see cref="ILoggerFactory"/>,
    /// <see cref="TimeProvider"/>, <see cref="IFailoverJournal"/> (instead of the journal in memory) and every <see cref="IPreflightCheck"/> (after those of the options), if present.
    /// </summary>
    /// <remarks>May be repeated; the last options count. The program creates its pairs itself.</remarks>
    /// <param name="services">The container.</param>
    /// <param name="options">The options of the coordinator.</param>
    /// <exception cref="InvalidSettingsException">The options are wrong; the message holds all errors.</exception>
    public static IServiceCollection AddFailover(this IServiceCollection services, FailoverOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        InvalidSettingsException.ThrowIfAny(options.Validate());
        services.AddSingleton(options);
        return services.AddCoordinator();
    }

    /// <summary>The same, with options that are created from the container when the coordinator is first resolved.</summary>
    /// <remarks>Errors in the options are reported then: <see cref="InvalidSettingsException"/>, with all of them at once.</remarks>
    /// <param name="services">The container.</param>
    /// <param name="options">Creates the options. Called once.</param>
    public static IServiceCollection AddFailover(this IServiceCollection services, Func<IServiceProvider, FailoverOptions> options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(provider => options(provider) ?? throw new InvalidSettingsException([$"The options of {nameof(AddFailover)} are null; give some, or leave them out."]));
        return services.AddCoordinator();
    }

    /// <summary>The same, with the options that are registered, or the defaults.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddFailover(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(new FailoverOptions());
        return services.AddCoordinator();
    }

    private static IServiceCollection AddCoordinator(this IServiceCollection services)
    {
        services.TryAddSingleton(static provider => new FailoverCoordinator(
            Complete(provider.GetRequiredService<FailoverOptions>(), provider),
            provider.GetService<ILoggerFactory>(),
            provider.GetService<TimeProvider>()));
        return services;
    }

    private static FailoverOptions Complete(FailoverOptions options, IServiceProvider provider)
    {
        // Report all errors at once, before the container's parts are added.
        InvalidSettingsException.ThrowIfAny(options.Validate());
        var checks = provider.GetServices<IPreflightCheck>().Except(options.Preflight);
        return options.With(it => { it.Journal = JournalOf(options, provider); it.Preflight = [.. options.Preflight, .. checks]; });
    }

    private static IFailoverJournal JournalOf(FailoverOptions options, IServiceProvider provider)
    {
        var registered = provider.GetService<IFailoverJournal>();
        return registered is null || ReferenceEquals(registered, options.Journal) ? options.Journal
            : options.Journal is InMemoryFailoverJournal ? registered
            : throw new InvalidSettingsException(
                [$"{nameof(FailoverOptions.Journal)} is a {options.Journal.GetType().Name}, and the container has a {registered.GetType().Name} as {nameof(IFailoverJournal)}; give one of the two."]);
    }
}
