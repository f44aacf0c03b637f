using System.Runtime.CompilerServices;
using FluentAssertions;
using Tachyon.Failover.Testing.StandIns;
using Tachyon.Failover.Testing.StandIns.Validator;
using Xunit;

namespace Tachyon.Failover.Tests.Hosts;

/// <summary>The faults of a stand-in's admin socket.</summary>
public sealed class FaultyAdminTests
{
    /// <summary>A caller that was garbage would lose its connection, which the fault must not do: it would show as an answer.</summary>
    [Fact]
    public void CallAsync_CallIsLost_ItsCallerIsKept()
    {
        var faults = new Faults();
        faults.Add(new StandInFault { Kind = StandInFaultKind.LoseCall, Method = "setIdentity" });
        var admin = new FaultyAdmin(methods: null!, faults, TimeProvider.System, die: () => { });

        var caller = Call(admin);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        caller.IsAlive.Should().BeTrue();
        GC.KeepAlive(admin);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Call(FaultyAdmin admin)
    {
        var caller = new object();
        _ = CallAsync(admin, caller);
        return new WeakReference(caller);
    }

    private static async Task CallAsync(FaultyAdmin admin, object caller)
    {
        await admin.CallAsync("setIdentity", []);
        GC.KeepAlive(caller);
    }
}
