using Tachyon.Failover.Cluster;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>The effect of the library's scripts on a node, in virtual time. The answers are those of <c>ValidatorWords</c> and of the scripts' exit codes.</summary>
internal static class HostCommands
{
    /// <summary>The real program starts in 10 ms.</summary>
    private static readonly TimeSpan ProgramStart = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ScriptStart = TimeSpan.FromMilliseconds(3);
    private static readonly ValidatorTimeLimits Limits = new();

    /// <summary>How often a wait for a vote reads the file.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private static readonly CallResult DiskFull = CallResult.NotDone(CallFailure.DiskFull, "No space left on device");
    private static readonly CallResult NotALink = CallResult.NotDone(CallFailure.NotALink, $"{NodePaths.Usual.Link} is no symbolic link");

    /// <summary>Takes an identity if the tower in its place is the delivered one; without a digest, with any tower.</summary>
    public static HostCommand SetIdentity(IdentityRole role, NodePaths paths, TowerFile? required) => Admin(TakeIdentity(role), Limits.SetIdentity, paths, turn =>
    {
        if (required is not null && !(turn.Node.Towers.Current is { } tower && tower.File.Equals(required)))
        {
            turn.Answer(CallResult.NotDone(CallFailure.TowerMismatch, $"the tower is not the one with sha256 {required}"));
            return;
        }

        TakeIdentity(turn, paths.KeypairOf(role), required is not null);
    });

    /// <summary>Takes an identity as an operator's command does.</summary>
    public static HostCommand SetIdentity(IdentityRole role, NodePaths paths, bool requiresTower) =>
        Admin(TakeIdentity(role), Limits.SetIdentity, paths, turn => TakeIdentity(turn, paths.KeypairOf(role), requiresTower));

    public static HostCommand AddVoters(NodePaths paths) => Admin(NodeCall.AddAuthorizedVoters, Limits.Command, paths, turn => AskOfVoters(turn, process =>
    {
        if (turn.Node.KeyAt(paths.StakedKeypair) is not { } voter)
        {
            turn.Answer(NoKeypair(paths.StakedKeypair));
            return;
        }

        process.AddAuthorizedVoter(voter);
        turn.Node.Changed();
        turn.Answer(CallResult.Done());
    }));

    public static HostCommand RemoveVoters(NodePaths paths) => Admin(NodeCall.RemoveAllAuthorizedVoters, Limits.Command, paths, turn => AskOfVoters(turn, process =>
    {
        process.RemoveAllAuthorizedVoters();
        turn.Node.Changed();
        turn.Answer(CallResult.Done());
    }));

    public static HostCommand ContactInfo(NodePaths paths) => Admin(NodeCall.ShowContactInfo, Limits.Command, paths, turn => AskValidator(turn, process =>
        turn.Answer(CallResult.Done(), new ClusterNode { Identity = process.Identity, Gossip = turn.Node.Gossip, Rpc = turn.Node.Rpc, ShredVersion = 10821 })));

    public static HostCommand Inspect(NodePaths paths) =>
        Script(NodeCall.Inspect, turn => turn.Answer(CallResult.Done(), NodeInspector.Probe(turn, paths)));

    public static HostCommand ReadLink(NodePaths paths) => Script(NodeCall.ReadLink, turn =>
    {
        if (turn.Node.LinkTarget is { } target)
        {
            var node = turn.Node;
            turn.Answer(
                CallResult.Done(),
                new IdentityLinkTarget
                {
                    Path = target,
                    Identity = node.Link,
                    Key = node.KeyAt(target),
                    StakedKey = node.KeyAt(paths.StakedKeypair),
                    UnstakedKey = node.KeyAt(paths.UnstakedKeypair),
                });
        }
        else
        {
            turn.Answer(NotALink);
        }
    });

    public static HostCommand PointLink(IdentityRole role, NodePaths paths) => Script(role == IdentityRole.Staked ? NodeCall.PointLinkAtStaked : NodeCall.PointLinkAtUnstaked, turn =>
    {
        var target = paths.KeypairOf(role);
        if (turn.Node.LinkTarget is null)
        {
            turn.Answer(NotALink);
        }
        else if (turn.Node.KeyAt(target) is not { } key || key.Equals(turn.Node.Staked) != (role == IdentityRole.Staked))
        {
            turn.Answer(CallResult.NotDone(CallFailure.KeypairUnusable, $"the identity link was not moved: {target} does not hold the key that is meant"));
        }
        else if (turn.Node.LinkTarget != target && turn.Node.DiskIsFull)
        {
            turn.Answer(DiskFull);
        }
        else
        {
            turn.Node.LinkTarget = target;
            turn.Answer(CallResult.Done());
        }
    });

    public static HostCommand AwaitVote(TimeSpan silence, bool sinceLastWait) => Script(NodeCall.AwaitVote, turn =>
    {
        if (turn.Node.Towers.Current is null)
        {
            turn.Answer(CallResult.NotDone(CallFailure.TowerMissing));
            return;
        }

        var first = sinceLastWait ? turn.Shell.SeenVote ?? turn.Node.Towers.Version : turn.Node.Towers.Version;
        var until = turn.Node.Towers.SavedAt + silence;
        Probe();

        void Probe()
        {
            if (turn.IsAnswered)
            {
                return;
            }

            if (turn.Node.Towers.Version == first && turn.Node.Events.Now < until)
            {
                turn.Node.Events.Schedule(Interval, Probe);
                return;
            }

            turn.Shell.SeenVote = turn.Node.Towers.Version;
            turn.Answer(CallResult.Done());
        }
    });

    public static HostCommand ReadTower(TimeSpan drain) => Script(NodeCall.ReadTower, turn => turn.Node.Events.Schedule(drain, () =>
    {
        if (turn.Node is { Client.SavesTowers: true, Towers.Current: { } tower })
        {
            turn.Answer(CallResult.Done(), tower.File);
        }
        else
        {
            turn.Answer(CallResult.NotDone(CallFailure.TowerMissing, "there is no tower"));
        }
    }));

    public static HostCommand DeliverTower(TowerFile file, bool trial) => Script(NodeCall.DeliverTower, turn =>
    {
        var (towers, tower) = (turn.Node.Towers, SimulatedTower.Of(file, turn.Node.Staked));
        if (!trial && towers.Current is { } there && there.IsSame(tower))
        {
            turn.Answer(CallResult.Done());
            return;
        }

        if (turn.Node.DiskIsFull)
        {
            turn.Answer(DiskFull);
            return;
        }

        if (!trial)
        {
            towers.MoveAside();
            towers.Current = tower;
        }

        turn.Answer(CallResult.Done());
    });

    public static HostCommand SetAside() => Script(NodeCall.MoveTowerAside, turn =>
        turn.Answer(CallResult.Done(turn.Node.Towers.MoveAside() is { } number ? $"tower.aside-{number}" : null)));

    /// <summary>Kills the process with SIGKILL, and checks that it is gone.</summary>
    public static HostCommand StopValidator() => Script(NodeCall.StopValidator, turn =>
    {
        turn.Node.KillValidator();
        turn.Node.Events.Schedule(Interval, () => turn.Answer(CallResult.Done()));
    });

    /// <summary>Checks that no validator runs: the processes, and the admin socket.</summary>
    public static HostCommand VerifyStopped() => Script(NodeCall.Inspect, turn =>
        turn.Answer(turn.Node.Process is null ? CallResult.Done("no process names the ledger; there is no answer on its admin.rpc") : CallResult.NotDone(CallFailure.Refused, "a validator runs on the ledger")));

    public static HostCommand StoreTowerCopy(TowerFile file) => Script(NodeCall.StoreTowerCopy, turn =>
    {
        if (turn.Node.DiskIsFull)
        {
            turn.Answer(DiskFull);
            return;
        }

        turn.Node.TowerCopy = file;
        turn.Answer(CallResult.Done());
    });

    public static HostCommand ReadTowerCopy() => Script(NodeCall.ReadTowerCopy, turn =>
    {
        if (turn.Node.TowerCopy is { } file)
        {
            turn.Answer(CallResult.Done(), file);
        }
        else
        {
            turn.Answer(CallResult.NotDone(CallFailure.TowerMissing, "no tower is kept"));
        }
    });

    /// <summary>A call of the validator's program, at the path that the caller names.</summary>
    private static HostCommand Admin(NodeCall call, TimeSpan limit, NodePaths paths, Action<HostTurn> act) => new()
    {
        Call = call,
        Starts = ProgramStart,
        Act = paths.Program == NodePaths.Usual.Program ? act : turn => turn.Answer(CallResult.NotDone(CallFailure.ProgramMissing, $"{paths.Program}: not found")),
        Timeout = limit,
    };

    private static HostCommand Script(NodeCall call, Action<HostTurn> act) => new() { Call = call, Starts = ScriptStart, Act = act };

    private static NodeCall TakeIdentity(IdentityRole role) => role == IdentityRole.Staked ? NodeCall.TakeStakedIdentity : NodeCall.TakeUnstakedIdentity;

    private static CallResult NoKeypair(string path) => CallResult.NotDone(CallFailure.KeypairUnusable, $"Failed to read identity keypair from {path}");

    private static void TakeIdentity(HostTurn turn, string keypair, bool requiresTower)
    {
        var node = turn.Node;
        if (node.KeyAt(keypair) is not { } key)
        {
            turn.Answer(NoKeypair(keypair));
            return;
        }

        AskValidator(turn, process => process.SetIdentity(key, requiresTower, refusal =>
        {
            node.Changed();
            turn.Answer(refusal is null ? CallResult.Done() : CallResult.NotDone(FailureOf(refusal), refusal));
        }));
    }

    /// <summary>A call that is served after the validator has started.</summary>
    private static void AskValidator(HostTurn turn, Action<ValidatorModel> ask) => AskOverSocket(turn, static process => process.ServesAdmin, ask);

    /// <summary>A call for the voters: it is served from the start on.</summary>
    private static void AskOfVoters(HostTurn turn, Action<ValidatorModel> ask) =>
        AskOverSocket(turn, process => process.ServesAdmin || turn.Node.ServesVotersEarly, ask);

    private static void AskOverSocket(HostTurn turn, Func<ValidatorModel, bool> isServed, Action<ValidatorModel> ask)
    {
        if (turn.Node.Process is not { } process || !turn.Node.HasAdminSocket)
        {
            turn.Answer(CallResult.NotDone(CallFailure.ValidatorNotRunning, "admin.rpc does not exist"));
        }
        else if (!isServed(process))
        {
            turn.Answer(CallResult.NotDone(CallFailure.ValidatorStarting, "Retry once validator start up is complete"));
        }
        else
        {
            turn.Node.WhenProcessEnds(process, () => turn.Answer(CallResult.Unknown(CallFailure.Unrecognized, "exit code 1: the connection was closed")));
            if (turn.HangsInValidator > TimeSpan.Zero)
            {
                process.After(turn.HangsInValidator, () => ask(process));
            }
            else
            {
                process.WhenAwake(() => ask(process));
            }
        }
    }

    private static CallFailure FailureOf(string refusal) =>
        refusal.Contains("No such file", StringComparison.Ordinal) ? CallFailure.TowerMissing
        : refusal.Contains("signature", StringComparison.Ordinal) ? CallFailure.TowerSignatureInvalid
        : CallFailure.TowerCorrupt;
}
