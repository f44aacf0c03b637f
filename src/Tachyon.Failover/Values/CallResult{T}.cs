using System.Diagnostics.CodeAnalysis;

namespace Tachyon.Failover;

/// <summary>The result of a call that reads from a host: the value, or why there is none.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <remarks>Immutable.</remarks>
public sealed class CallResult<T>
    where T : class
{
    private CallResult(CallResult call, T? value)
    {
        Call = call;
        Value = value;
    }

    /// <summary>The call without its value.</summary>
    public CallResult Call { get; }

    /// <summary>The value; null unless <see cref="IsDone"/>.</summary>
    public T? Value { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsDone => Call.IsDone;

    /// <summary>A successful read.</summary>
    public static implicit operator CallResult<T>(T value) => Of(value);

    /// <summary>A failed read.</summary>
    /// <exception cref="ArgumentException">The call is done but has no value.</exception>
    public static implicit operator CallResult<T>(CallResult call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.IsDone
            ? throw new ArgumentException("A call that is done needs the value that it read.", nameof(call))
            : new CallResult<T>(call, null);
    }

    internal static CallResult<T> Of(T value) => new(CallResult.Done(), value);

    /// <inheritdoc/>
    public override string ToString() => IsDone ? Value.ToString() ?? "done" : Call.ToString();
}
