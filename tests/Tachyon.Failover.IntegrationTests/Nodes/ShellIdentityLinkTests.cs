using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Keypairs;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

public sealed class LocalIdentityLinkTests() : ShellIdentityLinkTests(new LocalShell());

public sealed class SshIdentityLinkTests(SshdFixture sshd) : ShellIdentityLinkTests(new SshNetShell(sshd.Options)), IClassFixture<SshdFixture>;

[RunsContract(typeof(ShellIdentityLink))]
public abstract class ShellIdentityLinkTests(IShell shell) : IdentityLinkContract, IAsyncDisposable
{
    private readonly NodesFixture _nodes = new();
    private ShellIdentityLink? _link;

    protected override IIdentityLink Link => _link ??= new ShellIdentityLink(_nodes.Talk(shell, _nodes.Source), _nodes.Source.Settings, NodeFolders.StakedIdentity);

    protected override IIdentityLink Misnamed => new ShellIdentityLink(
        _nodes.Talk(shell, _nodes.Source),
        _nodes.Source.Settings.With(it => { it.StakedKeypair = _nodes.Source.Settings.UnstakedKeypair; it.UnstakedKeypair = _nodes.Source.Settings.StakedKeypair; }),
        NodeFolders.StakedIdentity);

    protected override (Pubkey Staked, Pubkey Unstaked) Keys => (NodeFolders.StakedIdentity, ValidatorKeypair.Generate(1, "source").Pubkey);

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

    /// <summary>What is not there is read as nothing, and the path is told all the same.</summary>
    [Fact]
    public async Task C16_ReadAsync_FolderOfAKeypairIsMissing_TellsWhatIsThereAndNamesThePath()
    {
        const string missing = "/none/such/unstaked.json";
        var link = new ShellIdentityLink(_nodes.Talk(shell, _nodes.Source), _nodes.Source.Settings.With(static it => it.UnstakedKeypair = missing), NodeFolders.StakedIdentity);

        Arrange(missing);
        var lost = await link.ReadAsync(TestContext.Current.CancellationToken);
        Arrange(_nodes.Source.Settings.StakedKeypair);
        var found = await link.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal((missing, null, null), (lost.Value?.Path, lost.Value?.Identity, lost.Value?.UnstakedKey));
        Assert.Equal((IdentityRole.Staked, NodeFolders.StakedIdentity), (found.Value?.Identity, found.Value?.StakedKey));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _nodes.DisposeAsync();
        await shell.DisposeAsync();
    }
}
