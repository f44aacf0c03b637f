using Tachyon.Failover.Shells;

namespace Tachyon.Failover.IntegrationTests.Shells;

// It sends heartbeats so rarely that it must answer those of the server.
public sealed class SshNetShellServerTests() : ShellServerTests(sshd =>
    new SshNetShell(SshdFixture.OptionsFor(sshd).With(static it => { it.KeepAliveInterval = TimeSpan.FromMinutes(1); it.DeadPeerLimit = TimeSpan.FromMinutes(2); })));
