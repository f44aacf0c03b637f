using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.StandIns;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

public sealed class LocalValidatorHostTests(ValidatorFixture validator) : ShellValidatorHostTests(validator, new LocalShell(), new UnreachableShell());

public sealed class SshValidatorHostTests(ValidatorFixture validator, SshdFixture sshd)
    : ShellValidatorHostTests(validator, new SshNetShell(sshd.Options), new SshNetShell(sshd.Options.With(static it => it.Port = 1))), IClassFixture<SshdFixture>;

[RunsContract(typeof(ShellValidatorHost))]
public abstract class ShellValidatorHostTests(ValidatorFixture validator, IShell shell, IShell unreachable)
    : ValidatorHostContract, IAsyncLifetime, IClassFixture<ValidatorFixture>
{
    private readonly List<NodeShell> _talks = [];
    private IValidatorHost? _host;
    private IValidatorHost? _hasty;

    protected override IValidatorHost Host => _host ??= On(shell, validator.Settings);

    protected override IValidatorHost HastyHost =>
        _hasty ??= On(shell, validator.Settings.With(static it => it.TimeLimits = new() { SetIdentity = TimeSpan.FromSeconds(2), Command = TimeSpan.FromSeconds(4) }));

    protected override IValidatorHost UnreachableHost => On(unreachable, validator.Settings);

    protected override IValidatorHost MisledHost => On(shell, Misled);

    protected override IReadOnlyList<string> MisledPaths => [Misled.Program, Misled.Ledger, "/nowhere/links", Misled.StakedKeypair, Misled.UnstakedKeypair, .. Misled.AuthorizedVoters!];

    protected override Pubkey StakedIdentity => validator.Node.StakedIdentity;

    protected override Pubkey UnstakedIdentity => validator.Node.UnstakedIdentity;

    protected override bool HasTower => File.Exists(validator.Node.StakedTower);

    protected override TowerFile FinalTower => validator.FinalTower;

    private ValidatorNodeSettings Misled => validator.Settings.With(static it =>
    {
        it.Program = "/nowhere/bin/tachyon-validator";
        it.Ledger = "/nowhere/ledger";
        it.IdentityLink = "/nowhere/links/identity.json";
        it.StakedKeypair = "/nowhere/a staked keypair.json";
        it.UnstakedKeypair = "/nowhere/another keypair.json";
        it.AuthorizedVoters = ["/nowhere/a voter.json"];
    });

    /// <summary>A busy node is no wrong program, and the remedy is another one.</summary>
    [Fact]
    public async Task InspectAsync_TheProgramDoesNotAnswerInTime_SaysSo()
    {
        // The status of a program that `timeout` ended.
        var program = Path.Combine(validator.Node.Folder, "slow-validator");
        await File.WriteAllTextAsync(program, "#!/bin/sh\nexit 124\n", Token);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var found = await On(shell, validator.Settings.With(it => it.Program = program)).InspectAsync(Token);

        var problem = found.Value!.Problems.Should().ContainSingle(problem => problem.Seen.Contains(program)).Which;
        problem.Seen.Should().EndWith("did not say its version within 20 s");
        problem.Remedy.Should().Contain("ValidatorTimeLimits.Command");
    }

    public async ValueTask InitializeAsync() => await validator.ArrangeAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var talk in _talks)
        {
            await talk.DisposeAsync();
        }

        await shell.DisposeAsync();
        await unreachable.DisposeAsync();
    }

    protected override Task<Pubkey> IdentityAsync() => validator.IdentityAsync();

    protected override Task<bool> HasVotersAsync() => validator.HasVotersAsync();

    protected override void PlaceTower(byte[]? bytes) => validator.PlaceTower(bytes);

    protected override Task LoseNextSetIdentityAsync(bool isCarriedOut) => validator.Node.AddFaultAsync(
        new StandInFault { Kind = isCarriedOut ? StandInFaultKind.LoseAnswer : StandInFaultKind.LoseCall, Method = "setIdentity" }, Token);

    protected override Task StopAsync() => validator.Node.KillAsync();

    protected override Task StartAgainAsync() => validator.Node.RestartAsync(Token);

    protected override void OpenKeypair(bool isOpen)
    {
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            File.SetUnixFileMode(validator.Node.UnstakedKeypair, isOpen ? owner | UnixFileMode.OtherRead : owner);
        }
    }

    protected override async Task<int> TypeAsync(string command)
    {
        await using var person = new LocalShell();
        await using var session = await person.StartAsync(ShellScript.Create($"exec >/dev/null 2>&1; eval {command}"), Token);
        return (await session.Completion.WaitAsync(Token)).Status ?? -1;
    }

    private ShellValidatorHost On(IShell way, ValidatorNodeSettings settings)
    {
        // Each host has its own conversation, and a lock file that exists with all settings.
        var talk = new NodeShell(way, new NodeShellOptions { LockFile = Path.Combine(validator.Node.Ledger, "tachyon-failover.lock") });
        _talks.Add(talk);
        return new ShellValidatorHost(talk, settings, validator.Node.StakedIdentity);
    }
}
