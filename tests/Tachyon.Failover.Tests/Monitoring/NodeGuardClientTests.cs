using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Cluster;
using Xunit;

namespace Tachyon.Failover.Tests.Monitoring;

/// <summary>A guard on a node whose client, or whose cluster's consensus, is not commanded safely, in virtual time.</summary>
public sealed class NodeGuardClientTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<GuardReport> _reports = [];
    private readonly ScriptedChain _chain;
    private readonly ScriptedRpc _own;
    private readonly ScriptedRpc _witness;
    private readonly ScriptedNode _node;

    public NodeGuardClientTests()
    {
        _chain = new ScriptedChain(_time);
        (_own, _witness) = (new ScriptedRpc(_chain), new ScriptedRpc(_chain));
        _node = new ScriptedNode(_own);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    [Fact]
    public void RunAsync_ClusterVotesByAlpenglow_DoesNotGuardAndSaysSo()
    {
        (_own.Version, _own.HasAgGenesisCert) = ("4.3.0", true);
        Start();
        Pass(30);
        CutOff();
        Pass(120);

        _node.Calls.Should().BeEmpty("its towers show nothing there");
        _reports.Should().OnlyContain(report => report.State == GuardState.NotGuarding && report.Reason.StartsWith("the cluster votes by Alpenglow, without towers (getAgGenesisCert of own shows its certificate); follow", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("26.11.0", "own runs Firedancer (its RPC reports version 26.11.0)")]
    [InlineData("0.909.40003", "own runs Frankendancer (its RPC reports version 0.909.40003)")]
    public void RunAsync_NodeRunsAnotherClient_DoesNotGuardAndNamesIt(string version, string words)
    {
        _own.Version = version;
        Start();
        Pass(30);
        CutOff();
        Pass(120);

        _node.Calls.Should().BeEmpty();
        _reports.Should().OnlyContain(report => report.State == GuardState.NotGuarding && report.Reason.StartsWith(words, StringComparison.Ordinal));
    }

    [Fact]
    public void RunAsync_ClusterChangesToAlpenglow_StopsGuardingAndStaysSo()
    {
        (_own.Version, _own.HasAgGenesisCert) = ("4.3.0", false);
        Start();
        Pass(30);
        _own.HasAgGenesisCert = true;
        Pass(30);
        CutOff();
        Pass(120);

        _node.Calls.Should().BeEmpty("a tower that no longer grows is no sign of another node");
        _reports[^1].State.Should().Be(GuardState.NotGuarding);
    }

    [Fact]
    public void RunAsync_ConsensusIsNotSaid_GuardsAsBefore()
    {
        (_own.Version, _own.HasAgGenesisCert) = ("4.3.0", null);
        Start();
        Pass(30);
        CutOff();
        Pass(120);

        _node.Calls.Should().Equal("link Unstaked", "voters", "identity Unstaked");
    }

    private void CutOff()
    {
        _chain.StopVotes();
        (_own.Answer, _witness.Answer) = (ScriptedAnswer.Hangs, ScriptedAnswer.Refused);
    }

    private void Start()
    {
        var guard = new NodeGuard(_node.Parts(), ScriptedChain.Staked, [new Witness { Name = "witness", Rpc = _witness }], new GuardTimings(), timeProvider: _time);
        _ = guard.RunAsync(new Reports(_reports), _stop.Token);
    }

    private void Pass(double seconds)
    {
        for (var passed = 0.0; passed < seconds; passed += 0.05)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
        }
    }

    private sealed class Reports(List<GuardReport> reports) : IProgress<GuardReport>
    {
        public void Report(GuardReport value) => reports.Add(value);
    }
}
