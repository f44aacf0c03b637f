using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.Registration;

/// <summary>Adds the container's journal and checks to the options, and checks the whole.</summary>
internal sealed class ContainerParts(IServiceProvider provider) : IPostConfigureOptions<FailoverOptions>, IValidateOptions<FailoverOptions>
{
    public void PostConfigure(string? name, FailoverOptions options)
    {
        if (options.Journal is InMemoryFailoverJournal)
        {
            options.Journal = Registered ?? options.Journal;
        }

        // Options without a check of their own are an error, which the container's checks must not hide.
        if (options.Preflight is { Count: > 0 } own)
        {
            options.Preflight = [.. own, .. provider.GetServices<IPreflightCheck>().Except(own)];
        }
    }

    public ValidateOptionsResult Validate(string? name, FailoverOptions options)
    {
        var errors = options.Validate().ToList();
        if (Registered is { } registered && options.Journal is { } given && !ReferenceEquals(registered, given))
        {
            errors.Add($"{nameof(FailoverOptions.Journal)} is a {given.GetType().Name}, and the container has a {registered.GetType().Name} as {nameof(IFailoverJournal)}; give one of the two.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private IFailoverJournal? Registered => provider.GetService<IFailoverJournal>();
}
