using FluentAssertions;
using Tachyon.Failover.Nodes;
using Xunit;

namespace Tachyon.Failover.Tests.Hosts;

/// <summary>"None runs there" needs two signs that agree. A failed look is never one.</summary>
public sealed class ValidatorTracesTests
{
    [Fact]
    public void Runs_EveryCombination_IsNoOnlyIfProcessesAndSocketBothSaySo()
    {
        bool?[] known = [true, false, null];
        foreach (var process in known)
        {
            foreach (var socket in known)
            {
                foreach (var others in (bool[])[false, true])
                {
                    bool? expected = process == true || socket == true || others ? true : process == false && socket == false ? false : null;

                    new ValidatorTraces { HasProcess = process, AnswersOnSocket = socket, AnswersOnRpc = others }.Runs.Should().Be(expected);
                    new ValidatorTraces { HasProcess = process, AnswersOnSocket = socket, SavesTowers = others }.Runs.Should().Be(expected);
                }
            }
        }
    }
}
