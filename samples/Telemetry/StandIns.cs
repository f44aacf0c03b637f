using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.TelemetrySample;

/// <summary>A cluster and two stand-in validators in a temporary folder, reached by local shells. Your own program has two hosts instead.</summary>
internal sealed class StandIns : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("telemetry-").FullName;
    private readonly LocalShell _shell = new();

    private StandIns()
    {
    }

    public StandInCluster Cluster { get; private set; } = null!;

    public ShellValidatorPair Pair { get; private set; } = null!;

    public static async Task<StandIns> StartAsync()
    {
        var nodes = new StandIns();
        nodes.Cluster = await StandInCluster.StartAsync(new StandInClusterOptions { Folder = nodes._folder });
        nodes.Pair = new ShellValidatorPair(
            nodes.Cluster.StakedIdentity, nodes.Cluster.A.Settings, nodes._shell, nodes.Cluster.B.Settings, nodes._shell);
        return nodes;
    }

    public async ValueTask DisposeAsync()
    {
        await Pair.DisposeAsync();
        await _shell.DisposeAsync();
        await Cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
