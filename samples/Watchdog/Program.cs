using System.Runtime.InteropServices;
using Tachyon.Failover.Cli.Pairs;
using Tachyon.Failover.Watchdog;

var surroundings = new PairFileSurroundings
{
    Environment = PairFileSurroundings.EnvironmentOfThisProcess(),
    HomeFolder = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
};
return await WatchdogProgram.RunAsync(args, surroundings, Console.Out, Console.Error, async (file, arguments) =>
{
    using var host = WatchdogHost.Build(file, arguments, new PairOpener());

    // SIGTERM and SIGINT are the host's; a terminal that is closed counts as them.
    using var closed = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
    });
    await host.RunAsync();
    return WatchdogProgram.Done;
});
