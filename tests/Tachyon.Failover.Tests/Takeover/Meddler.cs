using System.Reflection;

namespace Tachyon.Failover.Tests.Takeover;

/// <summary>A part of a node whose calls of one name a test has in its hands; all others go through.</summary>
/// <remarks>It is made at run time, so it cannot be sealed.</remarks>
public class Meddler : DispatchProxy
{
    private object _inner = null!;
    private Dictionary<string, Func<Func<object?>, object?>> _instead = null!;

    /// <param name="inner">The part.</param>
    /// <param name="instead">What is done in place of each call, by its name; it may make the call itself.</param>
    internal static T Of<T>(T inner, params (string Call, Func<Func<object?>, object?> Instead)[] instead)
        where T : class
    {
        var proxy = Create<T, Meddler>();
        var self = (Meddler)(object)proxy;
        (self._inner, self._instead) = (inner, instead.ToDictionary(one => one.Call, one => one.Instead, StringComparer.Ordinal));
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        object? Call() => targetMethod!.Invoke(_inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
        return _instead.TryGetValue(targetMethod!.Name, out var instead) ? instead(Call) : Call();
    }
}
