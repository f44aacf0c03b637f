namespace Tachyon.Failover.Fuzz;

/// <summary>A reader of bytes that others wrote.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seeds">Inputs that it understands, or that crashed it once.</param>
/// <param name="Read">Reads an input. An exception that is none of its border is a defect.</param>
/// <param name="Border">The exceptions that its callers expect; empty if it promises to throw none.</param>
internal sealed record ForeignReader(string Name, IReadOnlyList<byte[]> Seeds, Action<byte[]> Read, params IReadOnlyList<Type> Border)
{
    /// <summary>Reads an input.</summary>
    /// <returns>The exception that is none of the border's; null if there is none.</returns>
    public Exception? Try(byte[] input)
    {
        try
        {
            Read(input);
            return null;
        }
        catch (Exception exception)
        {
            return Border.Any(type => type.IsInstanceOfType(exception)) ? null : exception;
        }
    }
}
