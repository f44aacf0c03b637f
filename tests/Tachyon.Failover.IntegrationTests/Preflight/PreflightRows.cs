using Tachyon.Failover.IntegrationTests.StandIns;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.StandIns;
using Tachyon.Failover.Testing.Towers;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Preflight;

/// <summary>All the ways to set up a pair wrong that a check looks for, on the nodes.</summary>
internal static class PreflightRows
{
    public static IEnumerable<PreflightRow> All => [.. Nodes, .. Towers, .. Setup, .. ClusterRows.All, .. Distance];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IEnumerable<PreflightRow> Nodes =>
    [
        new("TF101", "b does not answer", stage => Do(() => stage.IsOutOfReach = true)) { IsInconclusive = true },
        new("TF101", "b's validator is stopped", async stage =>
        {
            stage.Settle();
            await stage.B.Node.KillAsync();
            stage.Undo(() => stage.B.Node.RestartAsync(Token));
        }) { Also = ["TF111"] },
        new("TF101", "b's validator is starting", stage => stage.RestartAsync("--start-milliseconds", "60000")) { Seen = "starting", Also = ["TF117"] },
        new("TF102", "the switchover is asked for from b to a", stage => Do(() => stage.AsksForTheOtherDirection = true)) { Node = "a", Seen = "already" },
        new("TF102", "b's RPC port in the settings is that of a", stage => Do(() => stage.SettingsOfB = stage.SettingsOfB.With(it => it.RpcPort = stage.SettingsOfA.RpcPort))),
        new("TF102", "a has given the staked identity away, and no node runs it", async stage =>
        {
            stage.Settle();
            await StandInFixture.SetIdentityAsync(stage.A.Node, stage.A.Node.UnstakedKeypair);
            stage.Undo(() => StandInFixture.SetIdentityAsync(stage.A.Node, stage.A.Node.StakedKeypair, requireTower: true));
        }) { Node = "a", Also = ["TF104", "TF119"] },
        new("TF102", "b runs another identity than its unstaked keypair's", stage => Do(() => stage.SettingsOfB = stage.SettingsOfB.With(it => it.UnstakedKeypair = stage.Keypair("nobody")))) { Also = ["TF104"] },
        new("TF103", "b's staked keypair is another one than a's", stage => Do(() => stage.SettingsOfB = stage.SettingsOfB.With(it => it.StakedKeypair = stage.Keypair("nobody")))) { Also = ["TF112", "TF115"] },
        new("TF103", "b's unstaked keypair holds the staked identity", stage => Do(() => stage.SettingsOfB = stage.SettingsOfB.With(it => it.UnstakedKeypair = stage.A.Node.StakedKeypair))) { Also = ["TF102", "TF104"] },
        new("TF103", "a and b have one unstaked keypair", stage => Do(() => stage.SettingsOfB = stage.SettingsOfB.With(it => it.UnstakedKeypair = stage.A.Node.UnstakedKeypair))) { Node = null, Also = ["TF102", "TF104"] },
        new("TF104", "b's identity link is a copy of the keypair", stage => stage.ReplaceAsync(stage.B.Node.IdentityLink, File.ReadAllBytes(stage.B.Node.UnstakedKeypair))),
        new("TF104", "b's identity link points at the staked keypair", stage => stage.PointLinkAsync(stage.B.Node.StakedKeypair)),
        new("TF104", "b's identity link points at a third file", stage => stage.PointLinkAsync(stage.Keypair("nobody"))),
    ];

    private static IEnumerable<PreflightRow> Towers =>
    [
        new("TF105", "a's tower folder in the settings is empty", stage => Do(() => stage.SettingsOfA = stage.SettingsOfA.With(it => it.TowerFolder = stage.Folder("no towers")))) { Node = "a", Seen = "there is no tower" },
        new("TF105", "a's tower folder in the settings holds a damaged tower", async stage =>
        {
            var tower = await File.ReadAllBytesAsync(stage.A.Node.StakedTower, Token);
            tower[10] ^= 1;
            await File.WriteAllBytesAsync(Path.Combine(stage.Folder("bad towers"), Path.GetFileName(stage.A.Node.StakedTower)), tower, Token);
            stage.SettingsOfA = stage.SettingsOfA.With(it => it.TowerFolder = stage.Folder("bad towers"));
        }) { Node = "a", Seen = "cannot be used" },
        new("TF105", "a's tower folder in the settings holds an old tower", async stage =>
        {
            var old = Tower.Decode(new TowerFile(await File.ReadAllBytesAsync(Directory.GetFiles(stage.OldTower)[0], Token)));
            await stage.Cluster.WaitForSlotAsync(old.LastVotedSlot!.Value + 24, Token);
            stage.SettingsOfA = stage.SettingsOfA.With(it => it.TowerFolder = stage.OldTower);
        }) { Node = "a", Seen = "the chain has a vote" },
        new("TF105", "b was started with --tower, and the settings do not say so", stage => stage.RestartAndCatchUpAsync("--tower", stage.Folder("towers"))),
        new("TF105", "b has a tower that is newer than a's", async stage =>
        {
            // Newer by the most that a vote can be ahead while both are read.
            await stage.ReplaceAsync(stage.B.Node.StakedTower, stage.TowerOfA(await stage.Cluster.GetSlotAsync(Token) + 12));
        }) { Seen = "has voted since" },
        new("TF105", "b has a tower that is ahead of the cluster", async stage =>
        {
            var slot = await stage.Cluster.GetSlotAsync(Token) + 1000;
            await stage.ReplaceAsync(stage.B.Node.StakedTower, stage.TowerOfA(slot));
        }) { Seen = "the cluster is at slot" },
        new("TF105", "b has an older tower left over", stage => stage.ReplaceAsync(stage.B.Node.StakedTower, File.ReadAllBytes(stage.A.Node.StakedTower))) { Severity = PreflightSeverity.Info },
    ];

    private static IEnumerable<PreflightRow> Setup =>
    [
        new("TF107", "b's program is not where the settings say", stage => Do(() => stage.SettingsOfB = stage.SettingsOfB.With(static it => it.Program = "/usr/local/bin/no-validator"))) { Seen = "program" },
        new("TF107", "b's unstaked keypair is no keypair", async stage => await stage.ReplaceAsync(stage.B.Node.UnstakedKeypair, "[1,2,3]"u8.ToArray())) { Seen = "is not a keypair", Also = ["TF104"] },
        new("TF107", "b's tower folder does not exist", stage => Do(() => stage.SettingsOfB = stage.SettingsOfB.With(static it => it.TowerFolder = "/srv/none"))) { Seen = "does not exist", Also = ["TF105"] },
        new("TF107", "the user on b may not read the unstaked keypair", stage => stage.DenyAsync(stage.B.Node.UnstakedKeypair)) { Seen = "unstaked-identity.json is missing or not readable", Also = ["TF101", "TF104"] },
        new("TF107", "the user on b may not write the ledger folder", stage => stage.DenyAsync(stage.B.Node.Ledger)) { Seen = "ledger is not writable", Also = ["TF101", "TF104"] },
        new("TF107", "the user on b may not write the link's folder", stage => stage.DenyAsync(stage.B.Node.Home)) { Seen = "home is not writable", Also = ["TF101", "TF104"] },
        new("TF107", "the user on b may not reach admin.rpc", stage => stage.DenyAsync(Path.Combine(stage.B.Node.Ledger, "admin.rpc"))) { Seen = "admin.rpc is closed", Also = ["TF101", "TF104"] },
        new("TF107", "the user on b may not take the lock", async stage =>
        {
            await stage.ReplaceAsync(stage.SettingsOfB.LockFile, []);
            PreflightStage.SetMode(stage.SettingsOfB.LockFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await stage.DenyAsync(stage.SettingsOfB.LockFile);
        }) { Seen = "lock file", Also = ["TF101", "TF104"] },
        new("TF108", "b has no flock", async stage =>
        {
            var toolbox = stage.Folder("toolbox");
            foreach (var tool in (string[])["base64", "cat", "chmod", "date", "grep", "head", "ln", "mv", "perl", "readlink", "rm", "sed", "setsid", "sh", "sha256sum", "sleep", "stat", "sync", "tail", "timeout", "tr"])
            {
                File.Delete(Path.Combine(toolbox, tool));
                File.CreateSymbolicLink(Path.Combine(toolbox, tool), $"/usr/bin/{tool}");
            }

            await stage.ProgramAsync("sudo", $"shift 4; PATH='{toolbox}' exec \"$@\"");
            stage.SettingsOfB = stage.SettingsOfB.With(static it => it.RunAs = "sol");
        }),
        new("TF109", "b's disk is nearly full", stage => stage.ProgramAsync("stat", "test \"$1\" = -f && echo \"space 100 4096 $4\" || exec /usr/bin/stat \"$@\"")) { Seen = "ledger" },
        new("TF110", "b's unstaked keypair is open to others", stage =>
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            PreflightStage.SetMode(stage.B.Node.UnstakedKeypair, owner | UnixFileMode.OtherRead);
            stage.Undo(() => Do(() => PreflightStage.SetMode(stage.B.Node.UnstakedKeypair, owner)));
            return Task.CompletedTask;
        }) { Severity = PreflightSeverity.Warning },
        new("TF111", "b's ledger in the settings is another folder than the validator's", stage => Do(() => stage.SettingsOfB = stage.SettingsOfB.With(it => it.Ledger = stage.Folder("other ledger")))) { Also = ["TF101"] },
        new("TF111", "b's processes are hidden from the user", stage => stage.ProgramAsync("grep", "case \"$1\" in (-lsEz) exit 2 ;; (*) exec /usr/bin/grep \"$@\" ;; esac")) { IsInconclusive = true },
        new("TF112", "b was started with the keypair in place of the link", stage => stage.RestartAndCatchUpAsync("--identity", stage.B.Node.UnstakedKeypair)),
        new("TF112", "b was started without an authorized voter", stage => stage.RestartAndCatchUpAsync("--authorized-voter", null)) { Also = ["TF115"] },
        new("TF112", "b was started with another authorized voter", stage => stage.RestartAndCatchUpAsync("--authorized-voter", stage.Keypair("voter"))) { Also = ["TF115"] },
        new("TF112", "b was started with --no-voting", stage => stage.RestartAndCatchUpAsync("--no-voting", "")) { Seen = "--no-voting" },
        new("TF112", "b was started with --restricted-repair-only-mode", stage => stage.RestartAndCatchUpAsync("--restricted-repair-only-mode", "")) { Seen = "--restricted-repair-only-mode" },
        new("TF112", "b was started with its towers in etcd", stage => stage.RestartAndCatchUpAsync("--tower-storage", "etcd")) { Seen = "--tower-storage etcd" },
        new("TF112", "b was started without a vote account", stage => stage.RestartAndCatchUpAsync("--vote-account", null)) { Seen = "no --vote-account" },
        new("TF112", "b was started with another vote account", stage => stage.RestartAndCatchUpAsync("--vote-account", stage.Cluster.StakedIdentity.ToString())) { Seen = "--vote-account" },
        new("TF113", "b's program is of another client", stage => stage.OtherProgramAsync(
            "case \"$*\" in (*--version) echo 'agave-validator 2.2.15 (src:00000000; feat:1576788063, client:Agave)' ;; (*) exec REAL \"$@\" ;; esac")) { Node = null, Severity = PreflightSeverity.Info },
        new("TF130", "b runs a version that is not known", stage => stage.AnswerAsync(stage.B.Node, "getVersion", "", answer => answer["result"]!["solana-core"] = "5.0.1"))
        {
            Severity = PreflightSeverity.Warning,
            Also = ["TF113"],
        },
        new("TF113", "b runs an older version than its program", stage => stage.AnswerAsync(stage.B.Node, "getVersion", "", answer => answer["result"]!["solana-core"] = "2.2.14"))
        {
            Severity = PreflightSeverity.Warning,
        },
    ];

    private static IEnumerable<PreflightRow> Distance =>
    [
        new("TF120", "both nodes of the settings are one", stage => Do(() => stage.SettingsOfB = stage.SettingsOfA.With(static it => it.Name = "b")))
        {
            Node = null, Also = ["TF102", "TF103", "TF104", "TF105"],
        },
        new("TF121", "another coordinator is at work on b", async stage =>
        {
            stage.Settle();
            var other = stage.Pair();
            await other.FromAToB.Target.Lock.AcquireAsync("ops-2, process 4711", Token);
            stage.Undo(async () => await other.DisposeAsync());
        }),
        new("TF122", "b's clock is 15 s fast", stage => stage.ProgramAsync("date", "exec /usr/bin/date -d '+15 sec' \"$@\"")) { Node = null },
        new("TF122", "b's clock is 5 s fast", stage => stage.ProgramAsync("date", "exec /usr/bin/date -d '+5 sec' \"$@\"")) { Node = null, Severity = PreflightSeverity.Warning },
        new("TF123", "it is 800 ms to b and back", stage => Do(() =>
        {
            stage.Settle();
            stage.B.Link.SetRoundTrip(TimeSpan.FromMilliseconds(800));
            stage.Undo(() => Do(() => stage.B.Link.SetRoundTrip(TimeSpan.Zero)));
        })) { Node = null, Severity = PreflightSeverity.Warning },
    ];

    internal static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
