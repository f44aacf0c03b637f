using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

namespace Tachyon.Failover.Benchmarks.Micro;

/// <summary><c>micro</c>: the pieces of the coordinator's own work, in time and allocation.</summary>
internal static class MicroCommand
{
    public static Command Create()
    {
        var command = new Command("micro", "Tower decoding and verification, and the decision what comes next, with BenchmarkDotNet.");
        command.SetAction(_ =>
        {
            BenchmarkRunner.Run<TowerBenchmarks>(DefaultConfig.Instance);
            BenchmarkRunner.Run<DecisionBenchmarks>(DefaultConfig.Instance);
            return 0;
        });
        return command;
    }
}
