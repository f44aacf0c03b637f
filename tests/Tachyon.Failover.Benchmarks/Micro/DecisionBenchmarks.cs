using BenchmarkDotNet.Attributes;
using Tachyon.Failover.Protocol;

namespace Tachyon.Failover.Benchmarks.Micro;

/// <summary>What comes next: the pure part of every step.</summary>
[MemoryDiagnoser]
public class DecisionBenchmarks
{
    /// <summary>All decisions of a switchover in which every step is done.</summary>
    [Benchmark]
    public FailoverOutcome Switchover()
    {
        var state = RunState.Start;
        NextMove move;
        while ((move = SwitchoverProtocol.Next(state)).End is null)
        {
            foreach (var step in move.Leg)
            {
                state = state.After(new StepObservation(step, CallResult.Done()));
            }
        }

        return move.End.Value;
    }
}
