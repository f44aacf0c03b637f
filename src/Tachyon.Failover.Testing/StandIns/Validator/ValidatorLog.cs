using System.Globalization;

namespace Tachyon.Failover.Testing.StandIns.Validator;

/// <summary>The log file of a validator process.</summary>
/// <remarks>Thread-safe. Every line is in the file at once: the process may be killed.</remarks>
internal sealed class ValidatorLog(string path, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _file = new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };

    public void Write(string line)
    {
        lock (_gate)
        {
            _file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}] {line}"));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
