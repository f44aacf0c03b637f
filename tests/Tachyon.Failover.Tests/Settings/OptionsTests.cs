using System.Collections;
using System.Reflection;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Simulation;
using Xunit;

namespace Tachyon.Failover.Tests.Settings;

/// <summary>Options can be changed, and what has taken them must not notice.</summary>
public sealed class OptionsTests
{
    public static TheoryData<Type> All { get; } = new(typeof(FailoverOptions).Assembly.GetExportedTypes().Where(IsOptions));

    [Fact]
    public void All_KnownOptions_AreFound() => All.Select(row => row.Data).Should().Contain(
    [
        typeof(DetectionRules), typeof(FailoverOptions), typeof(GuardTimings), typeof(HttpClusterRpcOptions), typeof(MonitorOptions), typeof(OpenSshShellOptions), typeof(RestartWindowRequest),
        typeof(SshNetShellOptions), typeof(TakeoverPolicy), typeof(ValidatorNodeSettings), typeof(ValidatorTimeLimits),
    ]);

    [Theory]
    [MemberData(nameof(All))]
    public void Copy_EveryMemberGiven_SharesNoListAndNoOptions(Type type)
    {
        var given = Filled(type);

        var copy = type.GetMethod("Copy", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(given, null)!;

        copy.Should().NotBeSameAs(given);
        foreach (var property in Settable(type))
        {
            var (before, after) = (property.GetValue(given), property.GetValue(copy));
            after.Should().BeEquivalentTo(before, "{0} is copied", property.Name);
            (IsShared(before) && ReferenceEquals(before, after)).Should().BeFalse("{0} would be the caller's", property.Name);
        }
    }

    [Fact]
    public void IsSameAs_OneRuleDiffers_IsFalse()
    {
        new DetectionRules().IsSameAs(new DetectionRules()).Should().BeTrue();
        foreach (var rule in Settable(typeof(DetectionRules)))
        {
            var other = new DetectionRules();
            rule.SetValue(other, Activator.CreateInstance(rule.PropertyType));
            new DetectionRules().IsSameAs(other).Should().BeFalse("{0} differs", rule.Name);
        }
    }

    [Fact]
    public void Constructor_Options_HoldsNothingOfTheCallers()
    {
        var pair = new SimulatedPair(seed: 1).FromAToB;
        var shell = new LocalShell();
        var (run, monitor, guard, rpc) = (new FailoverOptions(), new MonitorOptions(), new GuardTimings(), new HttpClusterRpcOptions());
        var ssh = new SshNetShellOptions { Host = "north", User = "sol", KeyFile = "/key", HostKeys = HostKeyPolicy.KnownHosts("/known_hosts") };
        var openSsh = new OpenSshShellOptions { Host = "north", ExtraOptions = new List<string> { "ProxyJump=bastion" } };
        var (a, b) = (Node("a"), Node("b"));
        using var client = new HttpClient();

        foreach (var (made, given) in (IEnumerable<(object, object[])>)[
            (new FailoverCoordinator(run), [run]),
            (new ValidatorMonitor(pair, monitor), [monitor, monitor.Rules]),
            (new NodeGuard(pair.Source, pair.StakedIdentity, pair.Witnesses, guard), [guard]),
            (new SshNetShell(ssh), [ssh]),
            (new OpenSshShell(openSsh), [openSsh, openSsh.ExtraOptions]),
            (new HttpClusterRpc(client, new Uri("http://127.0.0.1:8899"), rpc), [rpc]),
            (HttpClusterRpc.OverShell(shell, 8899, rpc), [rpc]),
            (new ShellValidatorPair(pair.StakedIdentity, a, shell, b, shell), [a, a.TimeLimits, a.StopCommand!, b, b.TimeLimits, b.StopCommand!])])
        {
            var held = new HashSet<object>(ReferenceEqualityComparer.Instance);
            Collect(made, held);
            held.Should().HaveCountGreaterThan(2, "it was looked into");
            held.Intersect(given, ReferenceEqualityComparer.Instance).Should().BeEmpty("a later change must not reach {0}", made.GetType().Name);
        }
    }

    private static ValidatorNodeSettings Node(string name) => new()
    {
        Name = name,
        Ledger = "/ledger",
        IdentityLink = "/identity.json",
        StakedKeypair = "/staked.json",
        UnstakedKeypair = "/unstaked.json",
        StopCommand = new List<string> { "stop" },
    };

    /// <summary>All objects that can be reached through the library's own.</summary>
    private static void Collect(object? from, HashSet<object> held)
    {
        if (from is null or string or Type || from.GetType().IsPrimitive || !held.Add(from))
        {
            return;
        }

        if (from is IEnumerable list and not IQueryable && from.GetType().IsAssignableTo(typeof(ICollection)))
        {
            foreach (var one in list)
            {
                Collect(one, held);
            }
        }

        for (var type = from.GetType(); type is not null && type.Assembly == typeof(FailoverOptions).Assembly; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Collect(field.GetValue(from), held);
            }
        }
    }

    private static object Filled(Type type)
    {
        var options = Activator.CreateInstance(type)!;
        foreach (var property in Settable(type))
        {
            if (IsOptions(property.PropertyType))
            {
                property.SetValue(options, Filled(property.PropertyType));
            }
            else if (property.PropertyType == typeof(IReadOnlyList<string>))
            {
                property.SetValue(options, new List<string> { "one" });
            }
            else if (property.PropertyType == typeof(IReadOnlyList<IPreflightCheck>))
            {
                property.SetValue(options, PreflightChecks.Default.ToList());
            }
        }

        return options;
    }

    private static IEnumerable<PropertyInfo> Settable(Type type) => type.GetProperties().Where(static property => property.SetMethod is { IsPublic: true } setter && setter.DeclaringType!.Assembly == typeof(FailoverOptions).Assembly);

    private static bool IsShared(object? value) => value is IList || (value is not null && IsOptions(value.GetType()));

    // Options can be set, and what takes them checks or copies them. Values that an embedder makes can be set as well.
    private static bool IsOptions(Type type) =>
        type.Assembly == typeof(FailoverOptions).Assembly
        && Settable(type).Any(static property => !property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)))
        && (type.GetMethod(nameof(FailoverOptions.Validate)) is not null || type.GetMethod("Copy", BindingFlags.Instance | BindingFlags.NonPublic) is not null);
}
