using FluentAssertions;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Wire;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

public sealed class NodeWireTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(20);

    private readonly EventQueue _events = new(Start);
    private readonly List<int> _arrived = [];
    private readonly List<string> _lost = [];
    private readonly NodeWire _wire;

    public NodeWireTests() => _wire = new NodeWire(_events, new SeededRandom(1, "wire"), OneWay, new WorldRules());

    [Fact]
    public void ToNode_ManyMessages_ArriveInTheirOrderAndNotBeforeTheirTime()
    {
        var session = Open();
        var sent = _events.Now;
        for (var i = 0; i < 50; i++)
        {
            Send(session, i);
        }

        _events.RunUntil(sent + OneWay - TimeSpan.FromTicks(1));
        _arrived.Should().BeEmpty();
        Run(seconds: 0.1);
        _arrived.Should().Equal(Enumerable.Range(0, 50));
    }

    [Fact]
    public void Partition_ShorterThanThePeerLimit_OnlyDelays()
    {
        var session = Open();
        Send(session, 1);
        _wire.Partition();
        Send(session, 2);
        Run(seconds: 9);
        _arrived.Should().BeEmpty();

        _wire.Heal();
        Send(session, 3);
        Run(seconds: 30);

        _arrived.Should().Equal(1, 2, 3);
        _lost.Should().BeEmpty();
    }

    [Fact]
    public void Partition_LongerThanThePeerLimit_GivesTheSessionUp()
    {
        var session = Open();

        _wire.Partition();

        Run(seconds: 9.9);
        _lost.Should().BeEmpty();
        Run(seconds: 0.2);
        _lost.Should().Equal("no heartbeat");
        _wire.Heal();
        session.ToCoordinator(() => _arrived.Add(1));
        Run(seconds: 1);
        _arrived.Should().BeEmpty("its coordinator has closed it");
    }

    [Fact]
    public void Partition_SecondOneSoonAfterTheFirst_HasItsOwnLimit()
    {
        Open();
        _wire.Partition();
        Run(seconds: 6);
        _wire.Heal();
        _wire.Partition();

        Run(seconds: 6);
        _lost.Should().BeEmpty();
        Run(seconds: 5);
        _lost.Should().ContainSingle();
    }

    [Fact]
    public void Cut_MessagesUnderWay_AreLost()
    {
        var session = Open();
        var ended = 0;
        session.Ended = () => ended++;
        Send(session, 1);

        _wire.Cut("reset");
        Run(seconds: 1);

        _arrived.Should().BeEmpty();
        _lost.Should().Equal("reset");
        ended.Should().Be(1);
    }

    [Fact]
    public void Close_InGoodOrder_EndsBehindWhatWasSentAndTells()
    {
        var session = Open();
        session.Ended = () => _arrived.Add(100);
        Send(session, 1);

        session.Close(() => _arrived.Add(200));
        Run(seconds: 1);

        _arrived.Should().Equal(1, 100, 200);
        _lost.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_NobodyThere_TellsWhy(bool isPartitioned)
    {
        string? why = null;
        if (isPartitioned)
        {
            _wire.Partition();
        }

        _wire.HostIsUp = () => isPartitioned;
        _wire.Open((session, reason) => why = session is null ? reason : "opened");
        Run(seconds: 9);
        (why is null).Should().Be(isPartitioned, "a refusal comes at once, silence takes its time");
        Run(seconds: 2);

        why.Should().Be(isPartitioned ? "no answer while connecting" : "the connection was refused");
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 7875.5)]
    public void CoordinatorDied_NodeSeesIt(bool machineLives, double withinSeconds)
    {
        var session = Open();
        var ended = false;
        session.Ended = () => ended = true;

        _wire.CoordinatorDied(machineLives);

        Run(withinSeconds - 1);
        ended.Should().BeFalse();
        Run(seconds: 1);
        ended.Should().BeTrue();
    }

    private WireSession Open()
    {
        WireSession? opened = null;
        _wire.Open((session, _) => opened = session);
        Run(seconds: 1);
        opened!.Lost = _lost.Add;
        return opened;
    }

    private void Send(WireSession session, int number) => session.ToNode(() => _arrived.Add(number));

    private void Run(double seconds) => _events.RunUntil(_events.Now + TimeSpan.FromSeconds(seconds));
}
