using System.CommandLine;
using Tachyon.Failover.Benchmarks.Endurance;
using Tachyon.Failover.Benchmarks.Gap;
using Tachyon.Failover.Benchmarks.Micro;
using Tachyon.Failover.Benchmarks.Preflight;
using Tachyon.Failover.Benchmarks.TowerCopies;
using Tachyon.Failover.Benchmarks.Takeovers;

RootCommand command = new("Measures the library: switchovers between stand-ins over real sshd, and piece by piece.")
{
    GapCommand.Create(),
    EnduranceVerb.Create(),
    PreflightCommand.Create(),
    ColdPreflightsCommand.Create(),
    TakeoverCommand.Create(),
    TowerCopyCommand.Create(),
    MicroCommand.Create(),
};

// Disposing it ends servers and stand-ins. A switchover after its promotion is finished first.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
