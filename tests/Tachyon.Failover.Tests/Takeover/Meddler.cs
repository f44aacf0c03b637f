using System.Reflection;

namespace Tachyon.Failover.Tests.Takeover;

/// <summary>A part of a node. The test handles the calls of one name; all others are forwarded.</summary>
/// <remarks>Created at run time, so it cannot be sealed.</remarks>
public class Meddler : DispatchProxy
{
    private object _inner = null!;
    private Dictionary<string, Func<Func<object?>, object?>> _instead = null!;

    /// <param name="inner">The part.</param>
    /// <param name="instead">Replaces each call with its name; it may make the call itself.</param>
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
