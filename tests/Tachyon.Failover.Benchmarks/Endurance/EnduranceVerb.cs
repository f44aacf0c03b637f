using System.CommandLine;
using System.Text.Json;
using Tachyon.Failover.Testing.Ssh;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Endurance;

/// <summary><c>endurance</c>: many switchovers in one process, and what is left of them.</summary>
internal static class EnduranceVerb
{
    private const int LeastCount = 4;
    private const int MostCount = 100_000;
    private const int LeastSlot = 50;
    private const int CouldNotRun = 2;

    public static Command Create()
    {
        Option<int> count = new("--count") { Description = "How many switchovers, there and back in turn.", DefaultValueFactory = _ => 500 };
        Option<ShellKind> shell = new("--shell") { Description = "The shell: net or openssh.", DefaultValueFactory = _ => ShellKind.Net };
        Option<bool> anew = new("--anew") { Description = "Make the shells and the pair anew for each switchover, rather than keep them." };
        Option<int> slot = new("--slot") { Description = "How long a slot is, in milliseconds. Short ones make it faster, and show no missed slots that mean anything.", DefaultValueFactory = _ => 400 };
        Option<ulong> seed = new("--seed") { Description = "The seed of the cluster.", DefaultValueFactory = _ => 1 };
        Option<bool> json = new("--json") { Description = "Print one JSON object on standard output, and nothing else." };
        InBounds(count, LeastCount, MostCount);
        InBounds(slot, LeastSlot, MostCount);
        Command command = new("endurance", "Many switchovers in one process: memory, sockets, threads and processes at the end as after the first there and back.") { count, shell, anew, slot, seed, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new EnduranceOptions
            {
                Count = parsed.GetValue(count),
                Shell = parsed.GetValue(shell),
                MakesAnew = parsed.GetValue(anew),
                Slot = TimeSpan.FromMilliseconds(parsed.GetValue(slot)),
                Seed = parsed.GetValue(seed),
            },
            parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    private static void InBounds(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
        {
            result.AddError($"{option.Name} is {value}; give a number from {least} to {most}.");
        }
    });

    private static async Task<int> RunAsync(EnduranceOptions options, bool isJson, CancellationToken cancellationToken)
    {
        try
        {
            var report = await EnduranceRun.RunAsync(options, isJson ? Console.Error : Console.Out, cancellationToken);
            Console.WriteLine(isJson ? JsonSerializer.Serialize(report, EnduranceJson.Default.EnduranceReport) : report.ToString());
            return report.IsGood ? 0 : 1;
        }
        catch (Exception exception) when (exception is StandInException or LoopbackSshdException or PlatformNotSupportedException)
        {
            await Console.Error.WriteLineAsync($"It could not be run: {exception.Message}");
            return CouldNotRun;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Canceled.");
            return CouldNotRun;
        }
    }
}
