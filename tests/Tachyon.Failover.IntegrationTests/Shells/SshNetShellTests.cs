using Tachyon.Failover.Contracts;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Shells;

[RunsContract(typeof(SshNetShell))]
public sealed class SshNetShellTests : ShellContract, IClassFixture<SshdFixture>
{
    private readonly SshdFixture _fixture;

    public SshNetShellTests(SshdFixture fixture) => _fixture = fixture;

    protected override Func<Task> CutConnectionAsync => () => _fixture.Sshd.KillSessionsAsync();

    protected override Task<IShell> CreateAsync() => Task.FromResult<IShell>(new SshNetShell(_fixture.Options));
}
