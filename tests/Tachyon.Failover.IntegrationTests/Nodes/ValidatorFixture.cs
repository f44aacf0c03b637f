using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.StandIns;
using Tachyon.Failover.Testing.StandIns;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

/// <summary>
/// A stand-in validator for the tests of one class. It had the staked identity of its cluster. Its peer never takes it, so
/// that a test can promote and demote it without a second voter.
/// </summary>
public sealed class ValidatorFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public StandInCluster Cluster { get; private set; } = null!;

    public StandInNode Node => Cluster.A;

    public TowerFile FinalTower { get; private set; } = null!;

    public ValidatorNodeSettings Settings => Patience.With(Node.Settings);

    public async ValueTask InitializeAsync()
    {
        Cluster = await StandInCluster.StartAsync(
            new StandInClusterOptions { Folder = _folder.Path, TimeLimit = Patience.Limit, Seed = 11, LeaderShare = 0, RestartTime = TimeSpan.FromSeconds(3) },
            TestContext.Current.CancellationToken);
        await StandInFixture.AdminAsync(Node, "removeAllAuthorizedVoters");
        await StandInFixture.SetIdentityAsync(Node, Node.UnstakedKeypair);
        FinalTower = new TowerFile(await File.ReadAllBytesAsync(Node.StakedTower));
    }

    /// <summary>Brings the validator back to where each test begins: unstaked, without voters, with the final tower.</summary>
    public async Task ArrangeAsync()
    {
        File.Delete(Node.IdentityLink);
        File.CreateSymbolicLink(Node.IdentityLink, Node.UnstakedKeypair);
        if (!Node.IsRunning)
        {
            await Node.RestartAsync();
        }

        await Node.ClearFaultsAsync();
        await Patience.UntilAsync(async () => (await StandInFixture.AdminAsync(Node, "startProgress")).Contains("Running", StringComparison.Ordinal), CancellationToken.None);
        await StandInFixture.AdminAsync(Node, "removeAllAuthorizedVoters");
        if (!Node.UnstakedIdentity.Equals(await IdentityAsync()))
        {
            await StandInFixture.SetIdentityAsync(Node, Node.UnstakedKeypair);
        }

        PlaceTower(FinalTower.Bytes.ToArray());
    }

    public async Task<Pubkey> IdentityAsync()
    {
        using var answer = System.Text.Json.JsonDocument.Parse(await StandInFixture.AdminAsync(Node, "contactInfo"));
        return Pubkey.Parse(answer.RootElement.GetProperty("result").GetProperty("id").GetString()!);
    }

    /// <summary>There is no call that lists the voters; adding one tells.</summary>
    public async Task<bool> HasVotersAsync()
    {
        var added = await StandInFixture.AdminAsync(
            Node, $$"""{"jsonrpc":"2.0","id":1,"method":"addAuthorizedVoter","params":["{{Node.StakedKeypair}}"]}""", TimeSpan.FromSeconds(10));
        if (added.Contains("already present", StringComparison.Ordinal))
        {
            return true;
        }

        await StandInFixture.AdminAsync(Node, "removeAllAuthorizedVoters");
        return false;
    }

    public void PlaceTower(byte[]? bytes)
    {
        File.Delete(Node.StakedTower);
        if (bytes is not null)
        {
            File.WriteAllBytes(Node.StakedTower, bytes);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Cluster is not null)
        {
            await Cluster.DisposeAsync();
        }

        _folder.Dispose();
    }
}
