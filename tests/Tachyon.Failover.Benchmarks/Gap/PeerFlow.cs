using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>
/// The way of the best-known peer tool: a channel to both hosts is open, the tower is sent as soon as <c>set-identity</c> has returned, and the other node is promoted at once.
/// </summary>
internal sealed class PeerFlow(Stage stage) : IFlow
{
    private readonly Dictionary<StandInNode, IShell> _shells = stage.Cluster.Nodes.ToDictionary(node => node, node => stage.Reach(node, ShellKind.Net));

    public async Task<FlowEnd> MoveAsync(StandInNode from, StandInNode to, CancellationToken cancellationToken)
    {
        await using var source = await _shells[from].StartAsync(
            ShellScript.Create(
                $"read -r go; {from.Program} -l {from.Ledger} set-identity {from.UnstakedKeypair} >&2 && base64 -w 0 {from.StakedTower} && echo && ln -sfn {from.UnstakedKeypair} {from.IdentityLink}"),
            cancellationToken);
        await using var target = await _shells[to].StartAsync(
            ShellScript.Create(
                $"echo ready; read -r tower; printf %s \"$tower\" | base64 -d > {to.StakedTower} && {to.Program} -l {to.Ledger} set-identity --require-tower {to.StakedKeypair} >&2 && ln -sfn {to.StakedKeypair} {to.IdentityLink} && echo done"),
            cancellationToken);
        using var fromSource = new StreamReader(source.StandardOutput);
        using var fromTarget = new StreamReader(target.StandardOutput);
        await fromTarget.ReadLineAsync(cancellationToken);
        await WriteLineAsync(source, "go", cancellationToken);
        if (await fromSource.ReadLineAsync(cancellationToken) is not { Length: > 0 } tower)
        {
            return new FlowEnd(false);
        }

        await WriteLineAsync(target, tower, cancellationToken);
        return new FlowEnd(await fromTarget.ReadLineAsync(cancellationToken) == "done");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var shell in _shells.Values)
        {
            await shell.DisposeAsync();
        }
    }

    private static async Task WriteLineAsync(IShellSession session, string line, CancellationToken cancellationToken)
    {
        await session.StandardInput.WriteAsync(System.Text.Encoding.ASCII.GetBytes(line + "\n"), cancellationToken);
        await session.StandardInput.FlushAsync(cancellationToken);
    }
}
