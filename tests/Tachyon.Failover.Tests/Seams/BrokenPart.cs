using System.Reflection;

namespace Tachyon.Failover.Tests.Seams;

/// <summary>A part of which no call works.</summary>
/// <remarks>Created at run time, so it cannot be sealed.</remarks>
public class BrokenPart : DispatchProxy
{
    public const string Words = "the part is broken";

    private GuardedPartTests.Broken _how;

    internal static T Of<T>(GuardedPartTests.Broken how)
        where T : class
    {
        var proxy = Create<T, BrokenPart>();
        ((BrokenPart)(object)proxy)._how = how;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var type = targetMethod!.ReturnType;
        if (_how == GuardedPartTests.Broken.ReturnsNull)
        {
            return type == typeof(bool) ? false : null;
        }

        if (_how == GuardedPartTests.Broken.ThrowsAtOnce || !typeof(Task).IsAssignableFrom(type))
        {
            throw new InvalidCastException(Words);
        }

        return type == typeof(Task)
            ? Task.FromException(new InvalidCastException(Words))
            : typeof(BrokenPart).GetMethod(nameof(Later), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, []);
    }

    private static Task<T> Later<T>() => Task.FromException<T>(new InvalidCastException(Words));
}
