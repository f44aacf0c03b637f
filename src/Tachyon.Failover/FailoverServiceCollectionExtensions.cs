using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tachyon.Failover;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a <see cref="FailoverCoordinator"/> in a container. Without a container, use its constructor.</summary>
public static class FailoverServiceCollectionExtensions
{
    /// <summary>
    /// Registers one coordinator for all pairs of the program. It uses the container's <see cref="ILoggerFactory"/>, <see cref="TimeProvider"/>, <see cref="IFailoverJournal"/> (instead of
    /// the journal in memory) and every <see cref="IPreflightCheck"/> (after those of the options), if present.
    /// </summary>
    /// <remarks>
    /// Wrong options are an <see cref="OptionsValidationException"/> with all errors, when the host starts, or when the coordinator is first resolved.
    /// May be repeated: all changes are made, in this order, as those of <c>Configure&lt;FailoverOptions&gt;</c> are. The program creates its pairs itself.
    /// </remarks>
    /// <param name="services">The container.</param>
    /// <param name="configure">Changes the defaults.</param>
    public static IServiceCollection AddFailover(this IServiceCollection services, Action<FailoverOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        return services.AddCoordinator();
    }

    /// <summary>The same, with the values of a configuration. They are read once.</summary>
    /// <remarks>
    /// A key has the name of an option, in any case; a time is written as <c>00:00:30</c>. An empty value is null. A key that is no option is an error, as a wrong value is.
    /// <see cref="FailoverOptions.Journal"/>, <see cref="FailoverOptions.Preflight"/> and <see cref="FailoverOptions.Reclassify"/> come from the container or from code.
    /// </remarks>
    /// <param name="services">The container.</param>
    /// <param name="configuration">The section that has the options and nothing else.</param>
    public static IServiceCollection AddFailover(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var reader = new ConfiguredOptions(configuration);
        services.AddSingleton<IConfigureOptions<FailoverOptions>>(reader);
        services.AddSingleton<IValidateOptions<FailoverOptions>>(reader);
        return services.AddCoordinator();
    }

    private static IServiceCollection AddCoordinator(this IServiceCollection services)
    {
        services.AddOptions<FailoverOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<FailoverOptions>, ContainerParts>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FailoverOptions>, ContainerParts>());
        services.TryAddSingleton(static provider => new FailoverCoordinator(
            provider.GetRequiredService<IOptions<FailoverOptions>>().Value,
            provider.GetService<ILoggerFactory>(),
            provider.GetService<TimeProvider>()));
        return services;
    }
}
