using System.Reflection;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Seams;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Seams;

/// <summary>Each guarded part, around one that throws: before it returns a task, in the task, and with no task at all.</summary>
public sealed class GuardedPartTests
{
    private static readonly Dictionary<Type, Func<Broken, object>> Guards = new()
    {
        [typeof(IValidatorHost)] = how => new GuardedHost(BrokenPart.Of<IValidatorHost>(how)),
        [typeof(IIdentityLink)] = how => new GuardedLink(BrokenPart.Of<IIdentityLink>(how)),
        [typeof(INodeLock)] = how => new GuardedLock(BrokenPart.Of<INodeLock>(how)),
        [typeof(IValidatorProcess)] = how => new GuardedProcess(BrokenPart.Of<IValidatorProcess>(how)),
        [typeof(IFencingDevice)] = how => new GuardedFencingDevice(BrokenPart.Of<IFencingDevice>(how)),
        [typeof(IGuardHeartbeat)] = how => new GuardedHeartbeat(BrokenPart.Of<IGuardHeartbeat>(how)),
        [typeof(ITowerCopyStore)] = how => new GuardedTowerCopies(BrokenPart.Of<ITowerCopyStore>(how)),
        [typeof(IRestartWindow)] = how => new GuardedWindow(BrokenPart.Of<IRestartWindow>(how)),
        [typeof(ITowerTransport)] = how => new GuardedTowers(BrokenPart.Of<ITowerTransport>(how)),
    };

    public enum Broken
    {
        ThrowsAtOnce,
        ThrowsLater,
        ReturnsNull,
    }

    public static TheoryData<Type, Broken> Seams => [.. Guards.Keys.SelectMany(seam => Enum.GetValues<Broken>().Select(how => (seam, how)))];

    [Theory]
    [MemberData(nameof(Seams))]
    public async Task C1_AnyMember_PartIsBroken_IsAResultThatIsNotKnown(Type seam, Broken how)
    {
        var guard = Guards[seam](how);
        var asked = 0;
        foreach (var method in seam.GetMethods().Where(method => typeof(Task).IsAssignableFrom(method.ReturnType)))
        {
            var call = (Task)method.Invoke(guard, [.. method.GetParameters().Select(Argument)])!;
            await call;
            var answer = call.GetType().GetProperty("Result")!.GetValue(call)!;
            var result = answer as CallResult ?? (CallResult)answer.GetType().GetProperty("Call")!.GetValue(answer)!;
            result.Should().Match<CallResult>(one => one.Outcome == CallOutcome.Unknown && one.Failure == CallFailure.Unrecognized && one.Detail != null, "{0}", method.Name);
            asked++;
        }

        asked.Should().BePositive();
    }

    [Theory]
    [InlineData(Broken.ThrowsAtOnce)]
    [InlineData(Broken.ThrowsLater)]
    public async Task C1_AnyMemberOfAnRpc_PartIsBroken_ThrowsWhatAnRpcThrows(Broken how)
    {
        var guard = new GuardedRpc(BrokenPart.Of<IClusterRpc>(how));
        var methods = typeof(IClusterRpc).GetMethods();
        methods.Should().NotBeEmpty();
        foreach (var method in methods)
        {
            var ask = () => (Task)method.Invoke(guard, [.. method.GetParameters().Select(Argument)])!;
            (await ask.Should().ThrowAsync<ClusterRpcException>(method.Name)).Which.Message.Should().Contain(BrokenPart.Words);
        }
    }

    [Theory]
    [InlineData(Broken.ThrowsAtOnce)]
    [InlineData(Broken.ThrowsLater)]
    public async Task C1_Journal_PartIsBroken_ThrowsWhatAJournalThrows(Broken how)
    {
        var guard = new GuardedJournal(BrokenPart.Of<IFailoverJournal>(how));
        var append = () => guard.AppendAsync([], TestContext.Current.CancellationToken);
        var read = async () => await guard.ReadAsync(TestContext.Current.CancellationToken).ToListAsync();

        (await append.Should().ThrowAsync<IOException>()).WithMessage(BrokenPart.Words);
        (await read.Should().ThrowAsync<IOException>()).WithMessage(BrokenPart.Words);
    }

    [Theory]
    [InlineData(Broken.ThrowsAtOnce)]
    [InlineData(Broken.ThrowsLater)]
    public async Task C1_FeedOfTowers_PartIsBroken_Ends(Broken how) =>
        (await new GuardedTowers(BrokenPart.Of<ITowerTransport>(how)).StreamAsync(NodeSide.Source, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)).Should().BeEmpty();

    [Fact]
    public void C1_WordsAndProperties_PartIsBroken_HaveAFallback()
    {
        new GuardedHost(BrokenPart.Of<IValidatorHost>(Broken.ThrowsAtOnce)).CommandFor(ValidatorCommand.ShowContactInfo).Should().Contain("unknown");
        new GuardedLink(BrokenPart.Of<IIdentityLink>(Broken.ThrowsAtOnce)).CommandToPointAt(IdentityRole.Staked).Should().Contain("unknown");
        new GuardedProcess(BrokenPart.Of<IValidatorProcess>(Broken.ThrowsAtOnce)).CommandToStop.Should().Contain("unknown");
        new GuardedTowers(BrokenPart.Of<ITowerTransport>(Broken.ThrowsAtOnce)).IsOrderedWithHost.Should().BeFalse();
    }

    [Fact]
    public async Task C1_CallersOwnCancellation_StaysOne()
    {
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();
        var call = () => GuardedCall.RunAsync(() => Task.FromCanceled<CallResult>(canceled.Token), canceled.Token);
        var other = await GuardedCall.RunAsync(() => Task.FromCanceled<CallResult>(canceled.Token), CancellationToken.None);

        await call.Should().ThrowAsync<OperationCanceledException>();
        other.Outcome.Should().Be(CallOutcome.Unknown, "the caller has not canceled");
    }

    /// <summary>Calls that are sent together keep their order only if all are made before any wait.</summary>
    [Fact]
    public void C1_Call_IsMadeBeforeAnythingIsWaitedFor()
    {
        var made = new List<int>();
        var open = new TaskCompletionSource<CallResult>();
        var first = GuardedCall.RunAsync(() => Made(1), CancellationToken.None);
        var second = GuardedCall.RunAsync(() => Made(2), CancellationToken.None);

        made.Should().Equal(1, 2);
        (first.IsCompleted, second.IsCompleted).Should().Be((false, false));

        Task<CallResult> Made(int number)
        {
            made.Add(number);
            return open.Task;
        }
    }

    [Fact]
    public void Guarded_APair_WrapsEachPartOnceAndKeepsWhatIsOneRpc()
    {
        var pair = new Testing.Simulation.SimulatedPair(1).FromAToB;
        pair = pair with { Cluster = pair.Target.Rpc };

        var guarded = pair.Guarded();

        guarded.Cluster.Should().BeSameAs(guarded.Target.Rpc).And.NotBeSameAs(guarded.Source.Rpc);
        guarded.Given.Should().BeSameAs(pair);
        guarded.Guarded().Should().BeSameAs(guarded);
        foreach (var part in typeof(ValidatorNode).GetProperties().Where(property => property.PropertyType.IsInterface && property.GetValue(pair.Source) is not null))
        {
            part.GetValue(guarded.Source)!.GetType().Namespace.Should().Be(typeof(GuardedCall).Namespace, "{0} comes from an embedder", part.Name);
        }
    }

    private static object? Argument(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(CancellationToken) ? CancellationToken.None
        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
        : parameter.ParameterType == typeof(string) ? "x"
        : null;
}
