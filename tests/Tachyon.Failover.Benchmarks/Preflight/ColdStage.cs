using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Preflight;

/// <summary>What another process needs to reach a stage.</summary>
internal sealed record ColdStage
{
    public required string StakedIdentity { get; init; }

    public required ShellKind Shell { get; init; }

    public required ColdNode A { get; init; }

    public required ColdNode B { get; init; }

    public static ColdStage Of(Stage stage, ShellKind shell) => new()
    {
        StakedIdentity = stage.Cluster.StakedIdentity.ToString(),
        Shell = shell,
        A = ColdNode.Of(stage, stage.Cluster.A),
        B = ColdNode.Of(stage, stage.Cluster.B),
    };

    /// <summary>One of the nodes.</summary>
    internal sealed record ColdNode
    {
        public required ValidatorNodeSettings Settings { get; init; }

        public required int Port { get; init; }

        public required string User { get; init; }

        public required string KeyFile { get; init; }

        public required string KnownHosts { get; init; }

        public static ColdNode Of(Stage stage, StandInNode node)
        {
            var login = stage.LoginOf(node);
            return new ColdNode { Settings = node.Settings, Port = login.Port, User = login.User, KeyFile = login.KeyFile, KnownHosts = Stage.KnownHostsOf(node) };
        }

        public IShell Reach(ShellKind kind) => Stage.Reach(
            new SshNetShellOptions { Host = "127.0.0.1", Port = Port, User = User, KeyFile = KeyFile, HostKeys = HostKeyPolicy.KnownHosts(KnownHosts) }, KnownHosts, kind);
    }
}
