using System.Text;
using System.Text.Json.Nodes;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Nodes;
using Tachyon.Failover.IntegrationTests.Switchovers;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.StandIns;
using Tachyon.Failover.Testing.Towers;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Preflight;

/// <summary>Two stand-ins with real sshds, a active and b inactive. Each test makes one mistake and repairs it.</summary>
internal sealed class PreflightStage : IAsyncDisposable
{
    private readonly SwitchoverScene _scene;
    private readonly HttpClient _http = new();
    private readonly Stack<Func<Task>> _undo = new();
    private readonly Dictionary<(ValidatorNodeSettings A, ValidatorNodeSettings B, bool IsOutOfReach), ShellValidatorPair> _pairs = [];
    private bool _isToSettle = true;

    public PreflightStage(SwitchoverScene scene)
    {
        _scene = scene;
        (SettingsOfA, SettingsOfB) = (A.Settings, B.Settings);
        OldTower = Folder("old towers");
        File.Copy(A.Node.StakedTower, Path.Combine(OldTower, Path.GetFileName(A.Node.StakedTower)));
    }

    public SceneNode A => _scene.Active;

    public SceneNode B => _scene.Inactive;

    public StandInCluster Cluster => _scene.Cluster;

    public ValidatorNodeSettings SettingsOfA { get; set; }

    public ValidatorNodeSettings SettingsOfB { get; set; }

    public bool AsksForTheOtherDirection { get; set; }

    public bool IsOutOfReach { get; set; }

    /// <summary>A folder with a tower of a's as it was when the stage was set.</summary>
    public string OldTower { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A preflight of the pair as it is now. Settings that were used before have their conversations still.</summary>
    public async Task<PreflightReport> ProbeAsync()
    {
        var key = (SettingsOfA, SettingsOfB, IsOutOfReach);
        if (!_pairs.TryGetValue(key, out var pair))
        {
            _pairs.Add(key, pair = Pair());
        }

        return await new FailoverCoordinator(SwitchoverScene.Options.With(static it => it.MinimumIdle = TimeSpan.FromSeconds(1))).PreflightAsync(AsksForTheOtherDirection ? pair.FromBToA : pair.FromAToB, Token);
    }

    /// <summary>
    /// Makes all right again. After something that takes time to be right, it waits until the preflight agrees, and tells what that found; otherwise the next preflight
    /// shows what is left of it.
    /// </summary>
    public async Task<PreflightReport?> MendAsync()
    {
        var others = _pairs.Where(pair => pair.Key != (A.Settings, B.Settings, false)).ToList();
        foreach (var (key, pair) in others)
        {
            _pairs.Remove(key);
            await pair.DisposeAsync();
        }

        (SettingsOfA, SettingsOfB, AsksForTheOtherDirection, IsOutOfReach) = (A.Settings, B.Settings, false, false);
        while (_undo.TryPop(out var undo))
        {
            await undo();
        }

        if (!_isToSettle)
        {
            return null;
        }

        _isToSettle = false;
        return await ProbeUntilAsync(report => report.Findings.All(finding => finding.Severity == PreflightSeverity.Info));
    }

    /// <summary>What is undone takes time to be right again.</summary>
    public void Settle() => _isToSettle = true;

    private async Task<PreflightReport> ProbeUntilAsync(Func<PreflightReport, bool> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var report = await ProbeAsync();
            if (condition(report) || TimeProvider.System.GetElapsedTime(began) > Patience.Limit)
            {
                return report;
            }
        }
    }

    public ShellValidatorPair Pair() => new(
        Cluster.StakedIdentity, SettingsOfA, A.Shell, SettingsOfB, IsOutOfReach ? new UnreachableShell() : B.Shell, new HttpClusterRpc(_http, Cluster.RpcUri, Patience.Calls));

    public void Undo(Func<Task> undo) => _undo.Push(undo);

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(B.Node.Folder)!, name)).FullName;

    /// <summary>A file of b's with other contents, for a while; null for none.</summary>
    public Task ReplaceAsync(string path, byte[]? contents)
    {
        var aside = path + ".aside";
        var wasThere = Path.Exists(path);
        if (wasThere)
        {
            File.Move(path, aside);
        }

        if (contents is not null)
        {
            File.WriteAllBytes(path, contents);
            SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Undo(() =>
        {
            File.Delete(path);
            if (wasThere)
            {
                File.Move(aside, path);
            }

            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    }

    public async Task PointLinkAsync(string target)
    {
        await ReplaceAsync(B.Node.IdentityLink, contents: null);
        File.CreateSymbolicLink(B.Node.IdentityLink, target);
    }

    /// <summary>A tower of the staked identity, signed by it, that ends with a slot.</summary>
    public byte[] TowerOfA(ulong slot)
    {
        var contents = new TowerContents { Node = Cluster.StakedIdentity, Root = slot - 32, Votes = [.. Enumerable.Range(0, 31).Select(i => new TowerVote(slot - 30 + (ulong)i, 31 - i))] };
        return TowerWriter.Write(contents, ValidatorKeypair.Load(A.Node.StakedKeypair)).Bytes.ToArray();
    }

    /// <summary>A keypair file with a key of neither node.</summary>
    public string Keypair(string name)
    {
        var path = Path.Combine(B.Node.Home, $"{name}.json");
        if (!File.Exists(path))
        {
            ValidatorKeypair.Generate(99, name).Save(path);
        }

        return path;
    }

    /// <summary>Puts a program before all others in the PATH of logins on b.</summary>
    public async Task ProgramAsync(string name, string script)
    {
        var path = Path.Combine(Path.GetDirectoryName(B.Shim.Program)!, name);
        await ReplaceAsync(path, Encoding.UTF8.GetBytes($"#!/bin/sh\n{script}\n"));
        SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    /// <summary>Another program for the settings of b, beside the right one.</summary>
    public async Task OtherProgramAsync(string script)
    {
        await ProgramAsync("other-validator", script.Replace("REAL", B.Node.Program, StringComparison.Ordinal));
        SettingsOfB = SettingsOfB.With(it => it.Program = Path.Combine(Path.GetDirectoryName(B.Shim.Program)!, "other-validator"));
    }

    /// <summary>Lets the coordinator be a user on b who may not do something with a path. For root, who may do everything, that takes another user.</summary>
    public async Task DenyAsync(string path)
    {
        if (Environment.UserName != "root")
        {
            var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
            SetMode(path, UnixFileMode.None);
            Undo(() =>
            {
                SetMode(path, mode);
                return Task.CompletedTask;
            });
            return;
        }

        var root = Path.GetDirectoryName(B.Node.Folder)!;
        SetMode(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        await ProgramAsync("sudo", "shift 4; exec setpriv --reuid=65534 --regid=65534 --clear-groups -- \"$@\"");
        SettingsOfB = SettingsOfB.With(static it => it.RunAs = "nobody");
    }

    public async Task RestartAsync(string option, string? value)
    {
        Settle();
        await B.Node.RestartWithAsync(new Dictionary<string, string?> { [option] = value }, Token);
        Undo(() => B.Node.RestartWithAsync(new Dictionary<string, string?>(), Token));
    }

    /// <summary>The same, and waits until it has caught up.</summary>
    public async Task RestartAndCatchUpAsync(string option, string? value)
    {
        await RestartAsync(option, value);
        await ProbeUntilAsync(report => !report.Findings.Any(finding => finding is { Code: "TF101" or "TF117", Node: "b" }));
    }

    /// <summary>Lets a JSON-RPC answer something else than what is so.</summary>
    /// <param name="node">The node; null for the cluster's own.</param>
    /// <param name="method">The method.</param>
    /// <param name="parameters">The parameters with which the true answer is read.</param>
    /// <param name="edit">Changes the result.</param>
    public async Task AnswerAsync(StandInNode? node, string method, string parameters, Action<JsonNode> edit)
    {
        using var content = new StringContent($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":[{{parameters}}]}""");
        using var response = await _http.PostAsync(node?.RpcUri ?? Cluster.RpcUri, content, Token);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!;
        edit(answer);
        await AnswerAsync(node, new StandInRpcAnswer { Method = method, Result = answer["result"]!.ToJsonString() });
    }

    public async Task AnswerAsync(StandInNode? node, StandInRpcAnswer answer)
    {
        if (node is null)
        {
            await Cluster.SetRpcAnswerAsync(answer, Token);
            Undo(() => Cluster.ClearRpcAnswersAsync(Token));
        }
        else
        {
            await node.SetRpcAnswerAsync(answer, Token);
            Undo(() => node.ClearRpcAnswersAsync(Token));
        }
    }

    /// <summary>Words of a finding without what differs from run to run.</summary>
    public string Anonymous(string words)
    {
        var root = Path.GetDirectoryName(B.Node.Folder)!;
        (string Seen, string Written)[] names =
        [
            (root, "/srv"),
            (Cluster.StakedIdentity.ToString(), "STAKED"),
            (Cluster.VoteAccount.ToString(), "VOTE-ACCOUNT"),
            (A.Node.UnstakedIdentity.ToString(), "UNSTAKED-A"),
            (B.Node.UnstakedIdentity.ToString(), "UNSTAKED-B"),
        ];
        return names.Aggregate(words, (text, name) => text.Replace(name.Seen, name.Written, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pair in _pairs.Values)
        {
            await pair.DisposeAsync();
        }

        while (_undo.TryPop(out var undo))
        {
            await undo();
        }

        _http.Dispose();
    }

    internal static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
