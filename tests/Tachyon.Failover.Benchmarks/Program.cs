using System.CommandLine;
using Tachyon.Failover.Benchmarks.Gap;
using Tachyon.Failover.Benchmarks.Micro;

RootCommand command = new("Measures the library: in real time over real sshd, and piece by piece.")
{
    GapCommand.Create(),
    MicroCommand.Create(),
};
return await command.Parse(args).InvokeAsync();
