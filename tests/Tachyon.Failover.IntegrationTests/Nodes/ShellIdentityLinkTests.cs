using Tachyon.Failover.Contracts;
using Tachyon.Failover.Identities;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

public sealed class LocalIdentityLinkTests() : ShellIdentityLinkTests(new LocalShell());

public sealed class SshIdentityLinkTests(SshdFixture sshd) : ShellIdentityLinkTests(new SshNetShell(sshd.Options)), IClassFixture<SshdFixture>;

[RunsContract(typeof(ShellIdentityLink))]
public abstract class ShellIdentityLinkTests(IShell shell) : IdentityLinkContract, IAsyncDisposable
{
    private readonly NodesFixture _nodes = new();
    private ShellIdentityLink? _link;

    protected override IIdentityLink Link => _link ??= new ShellIdentityLink(_nodes.Talk(shell, _nodes.Source), _nodes.Source.Settings);

    protected override string? Target => new FileInfo(_nodes.Source.Settings.IdentityLink).LinkTarget;

    protected override string PathOf(IdentityRole identity) =>
        identity == IdentityRole.Staked ? _nodes.Source.Settings.StakedKeypair : _nodes.Source.Settings.UnstakedKeypair;

    protected override void Arrange(string target)
    {
        ArrangeNothing();
        File.CreateSymbolicLink(_nodes.Source.Settings.IdentityLink, target);
    }

    protected override void ArrangeFile()
    {
        ArrangeNothing();
        File.WriteAllText(_nodes.Source.Settings.IdentityLink, "[]");
    }

    protected override void ArrangeNothing() => File.Delete(_nodes.Source.Settings.IdentityLink);

    /// <summary>What the node does not resolve is an empty line, and empty lines at the end do not come over.</summary>
    [Fact]
    public async Task C16_ReadAsync_FolderOfTheUnstakedKeypairIsMissing_NamesThePath()
    {
        var settings = _nodes.Source.Settings with { UnstakedKeypair = "/none/such/unstaked.json" };
        var link = new ShellIdentityLink(_nodes.Talk(shell, _nodes.Source), settings);
        Arrange(settings.UnstakedKeypair);

        var read = await link.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(CallFailure.KeypairUnusable, read.Call.Failure);
        Assert.Contains("/none/such/unstaked.json", read.Call.Detail, StringComparison.Ordinal);
    }

    /// <summary>A link that leads to the keypair that is there is told all the same.</summary>
    [Fact]
    public async Task C16_ReadAsync_FolderOfTheOtherKeypairIsMissing_TellsWhereItPoints()
    {
        var settings = _nodes.Source.Settings with { UnstakedKeypair = "/none/such/unstaked.json" };
        var link = new ShellIdentityLink(_nodes.Talk(shell, _nodes.Source), settings);
        Arrange(settings.StakedKeypair);

        Assert.Equal(IdentityRole.Staked, (await link.ReadAsync(TestContext.Current.CancellationToken)).Value?.Identity);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _nodes.DisposeAsync();
        await shell.DisposeAsync();
    }
}
