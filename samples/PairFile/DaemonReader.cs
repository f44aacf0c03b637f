namespace Tachyon.Failover.Pairs;

/// <summary>Reads the daemon's part of a pair file, and checks how its settings relate.</summary>
/// <param name="configuration">The values as they are written, and their places.</param>
/// <param name="settings">Gives the values and collects the errors.</param>
/// <param name="surroundings">The environment.</param>
internal sealed class DaemonReader(PairConfiguration configuration, PairSettings settings, PairFileSurroundings surroundings)
{
    public DaemonSettings Read()
    {
        var read = settings.Bind("daemon", DaemonSettings.UsualOf(surroundings.Use));
        var rules = settings.Bind<DetectionRules>("daemon.monitor");
        settings.AddFromLibrary("daemon.monitor", rules.Validate());
        settings.AddFromLibrary("daemon.monitor", Besides(read.Monitor.Validate(), nameof(MonitorOptions.Rules)));
        var hasGuard = configuration.Has("daemon.guard");
        if (hasGuard)
        {
            CheckGuard(read.Guard, rules);
        }

        var policy = settings.Bind<TakeoverPolicy>("daemon.takeover");
        policy.Detection = rules;
        policy.Guard = hasGuard ? read.Guard : null;
        CheckPolicy(policy);
        read.Monitor.Rules = rules;
        var (webhook, whyNoWebhook) = configuration.Place("daemon.webhook") is null ? (null, null) : ReadWebhook();
        return read with
        {
            LogsJson = settings["daemon.log"] == "json",
            Policy = policy,
            Hooks = [.. configuration.Entries("daemon.hooks").Select(ReadHook).OfType<HookSettings>()],
            Webhook = webhook,
            WhyNoWebhook = whyNoWebhook,
            Health = configuration.Has("daemon.health.address") ? settings.Address("daemon.health.address") : read.Health,
        };
    }

    /// <summary>The guard must finish before the daemon acts. The error names the daemon's time, or the guard if that time is not given.</summary>
    private void CheckGuard(GuardTimings guard, DetectionRules rules)
    {
        var sentences = guard.Validate(rules.LostAfter);
        settings.AddFromLibrary("daemon.guard", sentences.Where(sentence => !IsOf(sentence, nameof(DetectionRules.LostAfter))));
        if (!settings.HasErrorIn("daemon.guard"))
        {
            settings.AddFromLibrary("daemon.monitor", sentences.Where(sentence => IsOf(sentence, nameof(DetectionRules.LostAfter))), configuration["daemon.monitor.lostAfter"] is null ? "daemon.guard" : null);
        }
    }

    private void CheckPolicy(TakeoverPolicy policy)
    {
        var sentences = Besides(policy.Validate(), nameof(TakeoverPolicy.Detection), nameof(TakeoverPolicy.Guard)).ToList();
        settings.AddFromLibrary("daemon.takeover", sentences.Where(sentence => !IsOf(sentence, nameof(TakeoverPolicy.Guard))));
        if (sentences.Exists(sentence => IsOf(sentence, nameof(TakeoverPolicy.Guard))))
        {
            settings.Add(
                "daemon.monitor.haltedAfter",
                $"the guard takes a cluster for halted after {DurationText.Of(policy.Guard!.HaltedAfter)}, demoteAfter less three readings, and daemon.monitor.haltedAfter is {DurationText.Of(policy.Detection.HaltedAfter)}: the guard could wait while the monitor counts",
                "make haltedAfter less, or daemon.guard.demoteAfter more");
        }
    }

    private HookSettings? ReadHook(string field)
    {
        if (settings.HasErrorIn($"{field}.") || settings.HasErrorAt(field))
        {
            return null;
        }

        var hook = settings.Bind<HookSettings>(field) with { IsBefore = settings[$"{field}.when"] == "before" };
        var program = hook.Command.FirstOrDefault("");
        _ = settings.AddIf(program.Length == 0, $"{field}.command", $"{field}.command is empty", "write the program's absolute path, and its arguments")
            || settings.AddIf(!Path.IsPathFullyQualified(program), $"{field}.command[0]", $"{field}.command[0] is \"{program}\", which is no absolute path", "write where the program is; no shell and no PATH is asked")
            || settings.AddIf(surroundings.Use == PairFileUse.Watch && !File.Exists(program), $"{field}.command[0]", $"{field}.command[0] is \"{program}\", and there is no such file on this machine", "write where the program is");
        return hook;
    }

    /// <summary>The webhook; or null, and why this machine does not know it.</summary>
    private (WebhookSettings? Webhook, string? WhyNot) ReadWebhook()
    {
        const string Url = "daemon.webhook.url";
        const string Variable = "daemon.webhook.urlVariable";
        var (hasUrl, hasVariable) = (configuration.Has(Url), configuration.Has(Variable));
        settings.AddIf(hasUrl == hasVariable, hasUrl ? Variable : "daemon.webhook", $"{Url} and {Variable} are both {(hasUrl ? "given" : "missing")}", "give one of them");
        if (settings.HasErrorIn("daemon.webhook"))
        {
            return (null, null);
        }

        var webhook = settings.Bind<WebhookSettings>("daemon.webhook");
        if (hasUrl)
        {
            return (webhook, null);
        }

        // The variable's value may be a secret. Do not print it.
        var text = surroundings.Environment.GetValueOrDefault(settings[Variable]!, "");
        if (FieldKind.AddressOf(text) is { } address)
        {
            return (webhook with { Url = address }, null);
        }

        var (whyNot, remedy) = text.Length == 0
            ? ($"{Variable} is \"{settings[Variable]}\", and there is no such environment variable", "export it, or put it into the file that EnvironmentFile= of the unit names")
            : ($"what {Variable} names holds no address", "write it with http:// or https://");
        settings.AddIf(surroundings.Use == PairFileUse.Watch, Variable, whyNot, remedy);
        return (null, whyNot);
    }

    /// <summary>Leaves out the library's errors that are reported at another field.</summary>
    private static IEnumerable<string> Besides(IEnumerable<string> sentences, params string[] parts) => sentences.Where(sentence => !parts.Any(part => sentence.StartsWith($"{part}.", StringComparison.Ordinal)));

    private static bool IsOf(string sentence, string option) => sentence.StartsWith($"{option} ", StringComparison.Ordinal);
}
