namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>The standard streams of this process.</summary>
internal sealed class ConsoleTerminal : ICommandTerminal
{
    public Task OutAsync(string text) => Console.Out.WriteAsync(text);

    public Task ErrorAsync(string text) => Console.Error.WriteAsync(text);

    public Task<string> ReadInputAsync() => Console.In.ReadToEndAsync();
}
