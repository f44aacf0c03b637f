using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

/// <summary>A seam of a <see cref="RunningWorld"/> for outside callers: each call is made in the world, and its result is passed out.</summary>
/// <remarks>Created at run time, so it cannot be sealed.</remarks>
public class WorldProxy : DispatchProxy
{
    private RunningWorld _world = null!;
    private object _seam = null!;

    internal static T Of<T>(T seam, RunningWorld world)
        where T : class
    {
        var proxy = Create<T, WorldProxy>();
        var self = (WorldProxy)(object)proxy;
        (self._world, self._seam) = (world, seam);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var (method, arguments) = (targetMethod!, args ?? []);
        var type = method.ReturnType;
        if (type == typeof(Task))
        {
            return CallAsync(method, arguments);
        }

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        var through = definition == typeof(Task<>) ? nameof(CallForAsync) : definition == typeof(IAsyncEnumerable<>) ? nameof(Read) : null;
        return through is null
            ? _world.Ask(() => Make(method, arguments, CancellationToken.None))
            : typeof(WorldProxy).GetMethod(through, BindingFlags.Instance | BindingFlags.NonPublic)!
                .MakeGenericMethod(type.GetGenericArguments())
                .Invoke(this, BindingFlags.DoNotWrapExceptions, binder: null, [method, arguments], culture: null);
    }

    private static CancellationToken TokenOf(object?[] arguments) => arguments.OfType<CancellationToken>().SingleOrDefault();

    private object? Make(MethodInfo method, object?[] arguments, CancellationToken inside) => method.Invoke(
        _seam, BindingFlags.DoNotWrapExceptions, binder: null, [.. arguments.Select(argument => argument is CancellationToken ? inside : argument)], culture: null);

    private Task<bool> CallAsync(MethodInfo method, object?[] arguments) => _world.CallAsync(
        async inside =>
        {
            await ((Task)Make(method, arguments, inside)!).ConfigureAwait(false);
            return true;
        },
        TokenOf(arguments));

    private Task<T> CallForAsync<T>(MethodInfo method, object?[] arguments) =>
        _world.CallAsync(inside => (Task<T>)Make(method, arguments, inside)!, TokenOf(arguments));

    private IAsyncEnumerable<T> Read<T>(MethodInfo method, object?[] arguments) => ReadAsync<T>(method, arguments);

    private async IAsyncEnumerable<T> ReadAsync<T>(MethodInfo method, object?[] arguments, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var inside = new CancellationTokenSource();
        using var first = _world.Forward(inside, TokenOf(arguments));
        using var second = _world.Forward(inside, cancellationToken);
        var items = _world.Ask(() => ((IAsyncEnumerable<T>)Make(method, arguments, inside.Token)!).GetAsyncEnumerator(inside.Token));
        try
        {
            while (await _world.CallAsync(_ => items.MoveNextAsync().AsTask(), CancellationToken.None))
            {
                yield return items.Current;
            }
        }
        finally
        {
            await _world.CallAsync(
                async _ =>
                {
                    await items.DisposeAsync().ConfigureAwait(false);
                    return true;
                },
                CancellationToken.None);
        }
    }
}
