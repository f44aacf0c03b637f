using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>A part of an embedder that throws at one of its calls, and if told so at all later ones.</summary>
/// <remarks>Created at run time, so it cannot be sealed.</remarks>
public class ThrowingPart : DispatchProxy
{
    private object _inner = null!;
    private Counter _counter = null!;

    /// <summary>Wraps a part.</summary>
    /// <param name="inner">The part.</param>
    /// <param name="counter">Counts the calls, and decides at which one to throw.</param>
    internal static T Of<T>(T inner, Counter counter)
        where T : class
    {
        var proxy = Create<T, ThrowingPart>();
        var self = (ThrowingPart)(object)proxy;
        (self._inner, self._counter) = (inner, counter);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _counter.Count(targetMethod!.Name);
        try
        {
            return targetMethod.Invoke(_inner, args);
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }

    /// <summary>Counts calls.</summary>
    /// <param name="throwsAt">Which call throws; 1 for the first.</param>
    /// <param name="always">Whether all calls after it throw as well.</param>
    /// <param name="only">The member whose calls count; null for all.</param>
    internal sealed class Counter(int throwsAt, bool always = false, string? only = null)
    {
        public int Calls { get; private set; }

        public void Count(string member)
        {
            if (only is not null && member != only)
            {
                return;
            }

            Calls++;
            if (Calls == throwsAt || (always && Calls > throwsAt))
            {
                throw new HttpRequestException("the part of the embedder is broken");
            }
        }
    }
}
