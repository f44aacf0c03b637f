using System.CommandLine;
using Tachyon.Failover.Benchmarks.Endurance;

RootCommand command = new("Measures switchovers between stand-ins over real sshd.") { EnduranceVerb.Create() };

// Servers and stand-ins are ended with it, and a switchover that has gone too far for turning back is finished.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
