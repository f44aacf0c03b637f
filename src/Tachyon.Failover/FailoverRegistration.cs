using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover;

/// <summary>Registers a <see cref="FailoverCoordinator"/> in a container. Without a container, its constructor does.</summary>
public static class FailoverRegistration
{
    /// <summary>
    /// Registers one coordinator for all pairs of the program, with these options. It takes from the container, if they are there: <see cref="ILoggerFactory"/>,
    /// <see cref="TimeProvider"/>, <see cref="IFailoverJournal"/> (in place of the journal in memory), and every <see cref="IPreflightCheck"/> (behind those of the options).
    /// </summary>
    /// <remarks>May be repeated; the options that come last count. Pairs are the program's own: one, or as many as it likes.</remarks>
    /// <param name="services">The container.</param>
    /// <param name="options">How the coordinator works.</param>
    /// <exception cref="InvalidSettingsException">The options are wrong; the message holds all errors.</exception>
    public static IServiceCollection AddFailover(this IServiceCollection services, FailoverOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        InvalidSettingsException.ThrowIfAny(options.Validate());
        services.AddSingleton(options);
        return services.AddCoordinator();
    }

    /// <summary>The same, with options that are made of what is in the container when the coordinator is asked for.</summary>
    /// <remarks>Errors of the options are found then: <see cref="InvalidSettingsException"/>, with all of them at once.</remarks>
    /// <param name="services">The container.</param>
    /// <param name="options">Makes the options. Called once.</param>
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
        // All of them at once, before the container's parts come in.
        InvalidSettingsException.ThrowIfAny(options.Validate());
        var checks = provider.GetServices<IPreflightCheck>().Except(options.Preflight);
        return options with { Journal = JournalOf(options, provider), Preflight = [.. options.Preflight, .. checks] };
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
