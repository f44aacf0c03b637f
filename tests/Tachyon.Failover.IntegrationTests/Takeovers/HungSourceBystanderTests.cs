using System.Diagnostics;
using System.Runtime.Versioning;
using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Takeovers;

/// <summary>The active validator hangs, and another process on its node looks as it does. Beside <see cref="HungSourceTests"/>, so that both run at once.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HungSourceBystanderTests : HungSourceScene
{
    private Process? _bystander;

    public override async ValueTask DisposeAsync()
    {
        _bystander?.Kill(entireProcessTree: true);
        _bystander?.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>Its process names the ledger by a path of its own, as in a container; the client's own command waits on the host.</summary>
    [Fact]
    public async Task F1_TakeoverAsync_ValidatorRunsUnderAPathOfItsOwnBesideABystander_IsNotCalledFenced()
    {
        var node = Scene.Active.Node;
        var ledger = Directory.CreateDirectory(Path.Combine(node.Folder, "seen-as")).FullName;
        File.CreateSymbolicLink(Path.Combine(ledger, "admin.rpc"), Path.Combine(node.Ledger, "admin.rpc"));
        _bystander = Process.Start(new ProcessStartInfo("sh", ["-c", "read -r _", "sh", "-l", ledger, "wait-for-restart-window", "--identity", $"{Scene.Cluster.StakedIdentity}"]) { RedirectStandardInput = true, UseShellExecute = false });
        await using var nodes = Nodes(Scene.Active.Settings.With(it => { it.Ledger = ledger; it.TowerFolder = node.Ledger; }));
        await SilentAsync();

        var result = await Coordinator.TakeoverAsync(nodes.FromAToB, Policy, cancellationToken: Token);

        result.Outcome.Should().NotBe(FailoverOutcome.Completed, "{0}", result);
        result.Evidence!.Grade.Should().Be(EvidenceGrade.None, "{0}", result);
        result.Steps.Single(step => step.StepCode == FailoverStep.StopSource).Result.IsDone.Should().BeFalse("{0}", result);
        _bystander!.HasExited.Should().BeFalse("it is no validator");
        node.IsRunning.Should().BeTrue();
        (await Scene.Inactive.IdentityAsync(Token)).Should().Be(Scene.Inactive.Node.UnstakedIdentity);
    }
}
