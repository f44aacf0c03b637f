using Tachyon.Failover.Testing.StandIns;
using Tachyon.Failover.Testing.StandIns.Cluster;
using Tachyon.Failover.Testing.StandIns.Commands;
using Tachyon.Failover.Testing.StandIns.Validator;

// StandInCluster starts the processes here, with these arguments. They are not for people to call.
return args switch
{
    ["cluster", var options] => await ClusterProcess.RunAsync(options).ConfigureAwait(false),
    ["validator", .. var arguments] => await ValidatorProcess.RunAsync(arguments).ConfigureAwait(false),
    ["command", var client, .. var arguments] => await CommandProcess.RunAsync(Enum.Parse<StandInClient>(client), arguments).ConfigureAwait(false),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Start a simulated cluster with Tachyon.Failover.Testing.StandIns.StandInCluster.StartAsync.");
    return 2;
}
