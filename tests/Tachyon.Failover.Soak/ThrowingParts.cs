using System.Reflection;
using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Soak;

/// <summary>
/// The parts of an embedder whose n-th call, counted over all of them, throws: at once, or in the returned task. All other calls go to the simulated parts (safety.md, C1).
/// </summary>
internal sealed class ThrowingParts(int call, bool inTask)
{
    private int _calls;

    /// <summary>What threw; null as long as nothing did.</summary>
    public string? Threw { get; private set; }

    /// <summary>How many calls there were so far.</summary>
    public int Calls => _calls;

    /// <summary>The pair with each of its parts wrapped.</summary>
    public ValidatorPair In(ValidatorPair pair) => pair with
    {
        Source = In(pair.Source),
        Target = In(pair.Target),
        Towers = Wrap(pair.Towers),
        Cluster = Wrap(pair.Cluster),
        Witnesses = [.. pair.Witnesses.Select(witness => new Witness { Name = witness.Name, Rpc = Wrap(witness.Rpc)! })],
        Ports = Wrap(pair.Ports),
    };

    private ValidatorNode In(ValidatorNode node) => node with
    {
        Host = Wrap(node.Host),
        Link = Wrap(node.Link),
        Lock = Wrap(node.Lock),
        Process = Wrap(node.Process),
        FencingDevice = Wrap(node.FencingDevice),
        TowerCopies = Wrap(node.TowerCopies),
        RestartWindow = Wrap(node.RestartWindow),
        Rpc = Wrap(node.Rpc),
    };

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(part))]
    private T? Wrap<T>(T? part)
        where T : class
    {
        if (part is null)
        {
            return null;
        }

        var proxy = DispatchProxy.Create<T, Proxy>();
        var self = (Proxy)(object)proxy;
        (self.Part, self.Owner) = (part, this);
        return proxy;
    }

    private object? Call(object part, MethodInfo method, object?[]? arguments)
    {
        if (++_calls != call)
        {
            return method.Invoke(part, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        }

        Threw = $"{method.DeclaringType!.Name}.{method.Name}";
        var exception = new InvalidOperationException($"thrown by {Threw}, call {call}");
        var type = method.ReturnType;
        return !inTask || !type.IsAssignableTo(typeof(Task)) ? throw exception
            : type == typeof(Task) ? Task.FromException(exception)
            : typeof(Task).GetMethods().Single(candidate => candidate is { Name: nameof(Task.FromException), IsGenericMethod: true })
                .MakeGenericMethod(type.GetGenericArguments()).Invoke(obj: null, [exception]);
    }

    /// <summary>Made at run time, so it cannot be sealed.</summary>
    internal class Proxy : DispatchProxy
    {
        internal object Part { get; set; } = null!;

        internal ThrowingParts Owner { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Owner.Call(Part, targetMethod!, args);
    }
}
