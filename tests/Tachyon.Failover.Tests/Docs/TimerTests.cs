using System.Globalization;
using FluentAssertions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Runs;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.Tests.Docs;

/// <summary>The arithmetic of the timers in docs/protocol.md, from the defaults of the code and from measured times of a node.</summary>
public sealed class TimerTests
{
    private const string File = "docs/protocol.md";
    private const string Begin = "<!-- made by TimerTests -->\n";
    private const string End = "<!-- end of what is made by TimerTests -->";
    private const string Switch = "TACHYON_WRITE_DOCS";
    private static readonly FailoverOptions Options = new();
    private static readonly ValidatorTimeLimits Limits = new();
    private static readonly SshNetShellOptions Ssh = new() { Host = "host", User = "user", KeyFile = "/key", HostKeys = HostKeyPolicy.KnownHosts("/known_hosts") };
    private static readonly TimeSpan Trips = TimeSpan.FromMilliseconds(100);

    private static readonly Sum PromotionThrough = new(
        "from the source's last vote until the target is promoted, demotion shorter than a slot",
        ("vote noticed", TimeSpan.FromMilliseconds(10)),
        ("sealed, drained, read", TimeSpan.FromMilliseconds(60)),
        ("two one-way trips", Trips),
        ("tower put down, program started", TimeSpan.FromMilliseconds(30)),
        ("`set-identity`", LateCalls.LongestSetIdentity));

    private static readonly Sum Unknown = new("until a `set-identity` that hangs is called unknown", ("ended by the node", Limits.SetIdentity), ("or by the coordinator, if the node does not", ShellValidatorHost.Grace));

    private static readonly Sum LostConnection = new(
        "until a lost connection is there again",
        ("noticed", Ssh.DeadPeerLimit),
        ("connecting", Ssh.ConnectTimeout),
        ("lock", ShellValidatorPair.LockTimeout(Limits)));

    private static readonly Sum TargetRuledOut = new(
        "from a promotion that hangs, with the connection lost, until the target is ruled out",
        ("unknown", Unknown.Total),
        ("connection", LostConnection.Total),
        ("sealed", Limits.Command + ShellValidatorHost.Grace),
        ("demoted", Limits.SetIdentity + ShellValidatorHost.Grace),
        ("what may come late", 2 * LateCalls.LongestSetIdentity));

    private static readonly Sum[] Sums =
    [
        PromotionThrough,
        PromotionThrough.With(
            "the same, demotion as long as it can be: the source votes once at most while it waits",
            ("demotion started", TimeSpan.FromMilliseconds(15)),
            ("`set-identity` of the source", LateCalls.LongestSetIdentity),
            ("less the slot that has a vote", -Options.Slot)),
        new("how long the wait for a vote can delay the demotion", ("silence", RunContext.SilenceAt(Options.Slot))),
        Unknown,
        LostConnection,
        TargetRuledOut,
        new("until the source may have its voters back", ("replay", ReplayWatch.SlotsWaited * Options.Slot)),
        new("until the operator is asked", ("`RollbackTimeout`", Options.RollbackTimeout)),
    ];

    [Fact]
    public void Arithmetic_InTheDocument_IsThatOfTheDefaults()
    {
        var table = string.Join('\n', Sums.Select(static sum => sum.ToString()).Prepend("|---|---|---|").Prepend("| how long | sum | at most |")) + "\n";
        var document = Repository.Read(File).ReplaceLineEndings("\n");
        var (begin, end) = (document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, document.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            System.IO.File.WriteAllText(Path.Combine(Repository.Root, File), $"{document[..begin]}{table}{document[end..]}");
            return;
        }

        document[begin..end].Should().Be(table, "write it anew with {0}=1 dotnet run --project tests/Tachyon.Failover.Tests -- -class '*TimerTests'", Switch);
    }

    [Fact]
    public void RollbackTimeout_ByDefault_IsEnoughToRuleATargetOutWithTheConnectionLost() =>
        Options.RollbackTimeout.Should().BeGreaterThan(TargetRuledOut.Total * 1.4);

    [Fact]
    public void MissedSlots_InTheRegularWorstCase_AreThreeAndFour() =>
        Sums.Take(2).Select(sum => (int)(sum.Total / Options.Slot)).Should().Equal(3, 4);

    private sealed record Sum
    {
        private readonly (string Name, TimeSpan Length)[] _parts;

        public Sum(string what, params (string, TimeSpan)[] parts) => (What, _parts) = (what, parts);

        public string What { get; }

        public TimeSpan Total => _parts.Aggregate(TimeSpan.Zero, static (sum, part) => sum + part.Length);

        public Sum With(string what, params (string, TimeSpan)[] parts) => new(what, [.. _parts, .. parts]);

        public override string ToString() => $"| {What} | {string.Concat(_parts.Select(static (part, index) => $"{Sign(part.Length, index)}{Text(part.Length.Duration())} ({part.Name})"))} | {Text(Total)} |";

        private static string Sign(TimeSpan length, int index) => length < TimeSpan.Zero ? " - " : index == 0 ? "" : " + ";

        private static string Text(TimeSpan length) => length.TotalSeconds switch
        {
            < 1 => string.Create(CultureInfo.InvariantCulture, $"{length.TotalMilliseconds:0} ms"),
            < 5 => string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.0#} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.##} s"),
        };
    }
}
