using System.Text.Json;
using Tachyon.Failover.Testing.StandIns.Wire;

namespace Tachyon.Failover.Testing.StandIns.Launching;

/// <summary>The process's end of the control channel: its standard streams. The end of its input means that the launcher is gone. The process then ends as well.</summary>
internal static class ProcessControl
{
    private static readonly Lock Gate = new();

    public static void Say(ControlMessage message)
    {
        lock (Gate)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(message, WireJson.Default.ControlMessage));
            Console.Out.Flush();
        }
    }

    /// <summary>Executes orders until the launcher is gone.</summary>
    public static async Task ObeyAsync(Action<ControlMessage> order)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        while (await input.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            order(JsonSerializer.Deserialize(line, WireJson.Default.ControlMessage)!);
            Say(new ControlMessage { Done = true });
        }
    }
}
