using System.Reflection;

namespace Tachyon.Failover.Tests.Steps;

/// <summary>A part that records its calls and never answers.</summary>
/// <remarks>Created at run time, so it cannot be sealed.</remarks>
public class SilentPart : DispatchProxy
{
    private string _name = "";
    private List<string> _calls = null!;

    /// <summary>A part.</summary>
    /// <param name="name">Its name in the list.</param>
    /// <param name="calls">Receives the calls, in their order.</param>
    internal static T Of<T>(string name, List<string> calls)
        where T : class
    {
        var proxy = Create<T, SilentPart>();
        var self = (SilentPart)(object)proxy;
        (self._name, self._calls) = (name, calls);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var type = targetMethod!.ReturnType;
        if (type == typeof(bool))
        {
            // Ordered with the host's calls, as over one connection.
            return true;
        }

        if (!typeof(Task).IsAssignableFrom(type))
        {
            return type == typeof(TimeSpan) ? TimeSpan.FromSeconds(1) : type == typeof(string) ? "" : null;
        }

        _calls.Add($"{_name}.{targetMethod.Name}");
        return type == typeof(Task)
            ? new TaskCompletionSource().Task
            : typeof(SilentPart).GetMethod(nameof(Never), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, []);
    }

    private static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}
