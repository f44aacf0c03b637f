using System.Runtime.CompilerServices;

namespace Tachyon.Failover;

/// <summary>Copies of options and results: what a caller holds does not change what the library holds, and the other way round.</summary>
internal static class Copies
{
    /// <summary>A copy with some changes. What its members refer to is shared.</summary>
    public static T With<T>(this T value, Action<T> change)
        where T : class
    {
        var copy = Of(value);
        change(copy);
        return copy;
    }

    /// <summary>A copy. What its members refer to is shared.</summary>
    public static T Of<T>(T value)
        where T : class => (T)MemberwiseClone(value);

    // The method is protected, and every class that is copied would need a member for it.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(MemberwiseClone))]
    private static extern object MemberwiseClone(object value);
}
