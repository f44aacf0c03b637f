using Tachyon.Failover.Shells;

namespace Tachyon.Failover.IntegrationTests.Shells;

// So rarely alive of itself that a server that asks for signs of life must be answered.
public sealed class OpenSshShellServerTests() : ShellServerTests(sshd =>
    new OpenSshShell(SshdFixture.OpenSshOptionsFor(sshd) with { KeepAliveInterval = TimeSpan.FromMinutes(1), DeadPeerLimit = TimeSpan.FromMinutes(2) }));
