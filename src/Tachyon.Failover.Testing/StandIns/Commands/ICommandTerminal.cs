namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>The standard streams of a command, in any process.</summary>
internal interface ICommandTerminal
{
    Task OutAsync(string text);

    Task ErrorAsync(string text);

    /// <summary>Reads all of standard input.</summary>
    Task<string> ReadInputAsync();
}
