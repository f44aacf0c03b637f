using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Testing.Simulation.Faults;

/// <summary>The effect of each fault on a call, its node and the way to it.</summary>
internal sealed class CallFaultEffects(SeededRandom random)
{
    /// <summary>The coordinator that makes the calls. Some faults kill it.</summary>
    public SimulatedCoordinator? Owner { get; set; }

    /// <summary>The command together with the fault's effect.</summary>
    public HostCommand With(CallFault fault, HostCommand command, NodeConversation conversation)
    {
        var (node, wire) = (conversation.Node, conversation.Wire);
        switch (fault)
        {
            case CallFault.Refused:
                return command with { Act = turn => turn.Answer(CallResult.NotDone(CallFailure.PermissionDenied, "Permission denied")) };
            case CallFault.DoneAnswerLost:
                return Then(command, () => wire.Cut("the connection was reset"));
            case CallFault.NotDoneAnswerLost:
                node.Events.Schedule(TimeSpan.Zero, () => wire.Cut("the connection was reset"));
                return command;
            case CallFault.DoneLate:
                return command.Timeout is null ? command with { Starts = LongerThanAnyLimit } : command with { HangsInValidator = node.HangFor(random) };
            case CallFault.NeverAnswered:
                return command with { Starts = LongerThanAnyLimit, Act = turn => turn.Answer(CallResult.NotDone(CallFailure.Unrecognized, "Killed")) };
            case CallFault.Slow:
                return command with { Starts = command.Starts + random.Milliseconds(2000, 6000) };
            case CallFault.Garbled:
                return command with { Act = turn => turn.Answer(CallResult.Unknown(CallFailure.Unrecognized, "half a line")) };
            case CallFault.CoordinatorStandsStill:
                Owner!.StandStill(random.Chance(0.5) ? random.Milliseconds(500, 60_000) : random.Milliseconds(60_000, 600_000), random.Chance(0.5));
                return command;
            case CallFault.Partitioned:
                wire.Partition();
                node.Events.Schedule(random.Chance(0.5) ? random.Milliseconds(500, 30_000) : random.Milliseconds(30_000, 600_000), wire.Heal);
                return command;
            case CallFault.HostCrashBefore:
                return command with { Act = _ => Crash(node) };
            case CallFault.HostCrashAfter:
                return Then(command, () => Crash(node));
            case CallFault.ValidatorCrashBefore:
                return Before(command, node.KillValidator);
            case CallFault.ValidatorCrashAfter:
                return Then(command, node.KillValidator);
            case CallFault.CoordinatorCrashBefore:
                Owner!.Crash(random.Chance(0.7));
                return command;
            case CallFault.CoordinatorCrashAfter:
                node.Events.Schedule(random.Milliseconds(1, 1500), () => Owner!.Crash(random.Chance(0.7)));
                return command;
            case CallFault.DiskFull:
                node.DiskIsFull = true;
                return command;
            case CallFault.TornWrite:
                return command with { Act = turn => turn.Answer(CallResult.NotDone(CallFailure.TowerMismatch, "the digest differs")) };
            case CallFault.ValidatorStopped:
                return Before(command, () => node.StopValidator(random.Milliseconds(500, 40_000)));
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault.");
        }
    }

    private TimeSpan LongerThanAnyLimit => random.Milliseconds(13_500, 45_000);

    private void Crash(SimulatedNode node) => node.Crash(random.Milliseconds(5_000, 60_000));

    private static HostCommand Before(HostCommand command, Action action) => command with
    {
        Act = turn =>
        {
            action();
            command.Act(turn);
        },
    };

    private static HostCommand Then(HostCommand command, Action action) => command with { Act = turn => command.Act(turn.Before(action)) };
}
