using System.Text;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

public sealed class LocalTowerCopyStoreTests() : ShellTowerCopyStoreTests(new LocalShell());

public sealed class SshTowerCopyStoreTests(SshdFixture sshd) : ShellTowerCopyStoreTests(new SshNetShell(sshd.Options)), IClassFixture<SshdFixture>;

[RunsContract(typeof(ShellTowerCopyStore))]
public abstract class ShellTowerCopyStoreTests(IShell shell) : TowerCopyStoreContract, IAsyncDisposable
{
    private readonly NodesFixture _nodes = new();
    private ShellTowerCopyStore? _store;
    private ShellTowerCopyStore? _other;

    protected override ITowerCopyStore Store => _store ??= NewStore();

    protected override ITowerCopyStore OtherStore => _other ??= NewStore();

    protected override ITowerCopyStore UnreachableStore => new ShellTowerCopyStore(_nodes.Talk(new UnreachableShell(), _nodes.Target), _nodes.Target.Settings, NodeFolders.StakedIdentity);

    protected override IReadOnlyList<TowerFile> Towers => SampleTowers.Three;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Kept => $"{_nodes.Target.Tower}.shadow";

    [Fact]
    public async Task StoreAsync_Tower_IsKeptWholeUnderANameThatNoValidatorReads()
    {
        _nodes.Target.Save(SampleTowers.Three[0]);
        foreach (var tower in SampleTowers.Three)
        {
            (await Store.StoreAsync(tower, Token)).Should().Be(CallResult.Done());
            (await File.ReadAllBytesAsync(Kept, Token)).Should().Equal(tower.Bytes.ToArray());
            (await Store.ReadAsync(Token)).Value!.Digest.Should().Be(tower.Digest);
        }

        _nodes.Target.Saved.Should().Equal(SampleTowers.Three[0].Bytes.ToArray(), "the real one is not touched");
        TowerFileName.TryParse(Path.GetFileName(Kept), out _).Should().BeFalse();
        Directory.GetFiles(_nodes.Target.Ledger).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Should().BeEquivalentTo([Kept, _nodes.Target.Tower]);
    }

    [Fact]
    public async Task ReadAsync_NothingWasKept_SaysWhere()
    {
        var read = await Store.ReadAsync(Token);

        read.Call.Should().Be(CallResult.NotDone(CallFailure.TowerMissing, $"there is no tower copy at {Kept}"));
    }

    [Fact]
    public async Task ReadAsync_DamagedFile_GivesItsBytes()
    {
        await File.WriteAllTextAsync(Kept, "no tower\n", Token);

        (await Store.ReadAsync(Token)).Value!.Bytes.ToArray().Should().Equal(Encoding.UTF8.GetBytes("no tower\n"));
    }

    [Fact]
    public async Task StoreAsync_FolderCannotBeWritten_IsNotDoneAndSaysWhy()
    {
        Directory.Delete(_nodes.Target.Ledger, recursive: true);
        await using var talk = new NodeShell(shell, new NodeShellOptions { LockFile = "/nowhere/lock" });

        var result = await new ShellTowerCopyStore(talk, _nodes.Target.Settings, NodeFolders.StakedIdentity).StoreAsync(SampleTowers.Three[0], Token);

        result.Outcome.Should().Be(CallOutcome.NotDone);
        result.Detail.Should().Contain("nonexistent").And.NotContain("base64 -d");
    }

    protected override byte[]? Real() => _nodes.Target.Saved;

    protected override void PlaceReal(TowerFile tower) => _nodes.Target.Save(tower);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _nodes.DisposeAsync();
        await shell.DisposeAsync();
    }

    private ShellTowerCopyStore NewStore() => new(_nodes.Talk(shell, _nodes.Target), _nodes.Target.Settings, NodeFolders.StakedIdentity);
}
