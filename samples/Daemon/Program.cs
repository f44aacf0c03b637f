using System.Runtime.InteropServices;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Daemon;

var surroundings = new PairFileSurroundings
{
    Environment = PairFileSurroundings.EnvironmentOfThisProcess(),
    HomeFolder = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
};
return await DaemonProgram.RunAsync(args, surroundings, Console.Out, Console.Error, async (file, arguments) =>
{
    var host = DaemonHost.Build(file, arguments, new PairOpener());
    await using var disposing = (IAsyncDisposable)host;

    // The host handles SIGTERM and SIGINT. Treat a closed terminal in the same way.
    using var closed = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
    });
    await host.StartAsync();
    await host.WaitForShutdownAsync();
    return host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true }) ? DaemonProgram.Broken : DaemonProgram.Done;
});
