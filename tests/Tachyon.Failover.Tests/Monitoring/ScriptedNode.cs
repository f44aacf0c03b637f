using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Tests.Monitoring;

/// <summary>A node whose parts succeed or fail as ordered.</summary>
internal sealed class ScriptedNode(ScriptedRpc rpc) : IValidatorHost, IIdentityLink, INodeLock, IValidatorProcess
{
    private static readonly Pubkey Unstaked = ValidatorKeypair.Generate(1, "unstaked").Pubkey;

    public Dictionary<string, ScriptedAnswer> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>All changing calls, in order.</summary>
    public List<string> Calls { get; } = [];

    public IdentityRole LinkTo { get; set; } = IdentityRole.Staked;

    public IdentityRole Runs { get; set; } = IdentityRole.Staked;

    public bool HasVoter { get; set; } = true;

    public bool IsRunning { get; set; } = true;

    /// <summary>Whether its admin socket is at the place in the settings.</summary>
    public bool HasSocket { get; set; } = true;

    /// <summary>Whether it is starting.</summary>
    public bool IsStarting { get; set; }

    /// <summary>The keys in the files that the settings name as the staked and the unstaked keypair; null if they cannot be read.</summary>
    public (Pubkey Staked, Pubkey Unstaked)? Keys { get; set; } = (ScriptedChain.Staked, Unstaked);

    public bool CanVote => IsRunning && HasVoter && Runs == IdentityRole.Staked;

    public string CommandToStop => "stop";

    public ValidatorNode Parts(bool withProcess = true) => new() { Name = "own", Host = this, Link = this, Lock = this, Rpc = rpc, Process = withProcess ? this : null };

    public Task<CallResult> SetIdentityAsync(IdentityRole identity, TowerFile? requiredTower, TimeSpan? within, CancellationToken cancellationToken = default) =>
        CallAsync($"identity {identity}", "identity", () => Runs = identity);

    public Task<CallResult> AddAuthorizedVotersAsync(CancellationToken cancellationToken = default) => throw new InvalidOperationException("A guard gives nothing back.");

    public Task<CallResult> RemoveAllAuthorizedVotersAsync(CancellationToken cancellationToken = default) => CallAsync("voters", "voters", () => HasVoter = false);

    public Task<CallResult<ClusterNode>> GetContactInfoAsync(CancellationToken cancellationToken = default) => Answers.GetValueOrDefault("read") switch
    {
        ScriptedAnswer.Hangs => new TaskCompletionSource<CallResult<ClusterNode>>().Task,
        ScriptedAnswer.Throws => throw new InvalidOperationException("unexpected"),
        ScriptedAnswer.Comes when IsRunning && IsStarting => Task.FromResult<CallResult<ClusterNode>>(CallResult.NotDone(CallFailure.ValidatorStarting)),
        ScriptedAnswer.Comes when IsRunning && HasSocket => Task.FromResult<CallResult<ClusterNode>>(new ClusterNode { Identity = Runs == IdentityRole.Staked ? ScriptedChain.Staked : Unstaked }),
        ScriptedAnswer.Comes => Task.FromResult<CallResult<ClusterNode>>(CallResult.NotDone(CallFailure.ValidatorNotRunning)),
        _ => Task.FromResult<CallResult<ClusterNode>>(CallResult.Unknown(CallFailure.ConnectionLost)),
    };

    public Task<CallResult<ValidatorInspection>> InspectAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public string CommandFor(ValidatorCommand command) => $"{command}";

    public Task<CallResult<IdentityLinkTarget>> ReadAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(Keys is var (staked, unstaked)
            ? (CallResult<IdentityLinkTarget>)new IdentityLinkTarget { Path = $"{LinkTo}.json", Identity = LinkTo, StakedKey = staked, UnstakedKey = unstaked }
            : CallResult.NotDone(CallFailure.PermissionDenied, "permission denied"));

    public Task<CallResult> PointAtAsync(IdentityRole identity, CancellationToken cancellationToken = default) => CallAsync($"link {identity}", "link", () => LinkTo = identity);

    public string CommandToPointAt(IdentityRole identity) => $"ln {identity}";

    public Task<CallResult> AcquireAsync(string holder, CancellationToken cancellationToken = default) => throw new InvalidOperationException("A guard takes no lock.");

    public Task<CallResult> ReleaseAsync(string holder, CancellationToken cancellationToken = default) => throw new InvalidOperationException("A guard takes no lock.");

    public Task<CallResult> StopAsync(CancellationToken cancellationToken = default) => CallAsync("stop", "stop", () => IsRunning = false);

    public Task<CallResult> VerifyStoppedAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(IsRunning ? CallResult.NotDone(CallFailure.Refused, "one runs") : CallResult.Done());

    public TimeSpan LongestStop => TimeSpan.FromSeconds(15);

    private Task<CallResult> CallAsync(string call, string name, Action effect)
    {
        Calls.Add(call);
        var answer = Answers.GetValueOrDefault(name);
        if (answer is ScriptedAnswer.Comes or ScriptedAnswer.Lost)
        {
            effect();
        }

        return answer switch
        {
            ScriptedAnswer.Comes => Task.FromResult(CallResult.Done()),
            ScriptedAnswer.Hangs => new TaskCompletionSource<CallResult>().Task,
            ScriptedAnswer.Lost => Task.FromResult(CallResult.Unknown(CallFailure.ConnectionLost)),
            ScriptedAnswer.Throws => throw new InvalidOperationException("unexpected"),
            _ => Task.FromResult(CallResult.NotDone(CallFailure.Unrecognized, "no")),
        };
    }
}
