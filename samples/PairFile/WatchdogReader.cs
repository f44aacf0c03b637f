using System.Globalization;

namespace Tachyon.Failover.Pairs;

/// <summary>Reads the watchdog's part of a pair file.</summary>
/// <param name="configuration">The values and their places.</param>
/// <param name="settings">Gives the values and collects the errors.</param>
/// <param name="surroundings">The environment.</param>
internal sealed class WatchdogReader(PairConfiguration configuration, SettingReader settings, PairFileSurroundings surroundings)
{
    private const string Watchdog = "watchdog";

    public WatchdogSettings Read()
    {
        var usual = WatchdogSettings.UsualOf(surroundings.Use);
        var watch = ReadWatch(usual.Watch);
        var guard = ReadGuard(usual.Guard);
        CheckGuard(guard, watch.Rules);
        var (webhook, whyNoWebhook) = configuration.Place("watchdog.webhook") is null ? (null, null) : ReadWebhook();
        return new WatchdogSettings
        {
            RetryDelay = Duration("watchdog.retryDelay", usual.RetryDelay, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            LookAround = Duration("watchdog.lookAround", usual.LookAround, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1)),
            LogsJson = settings.Choice("watchdog.log") == "json",
            Policy = ReadPolicy(usual.Policy, watch.Rules, configuration.Place("watchdog.guard") is null ? null : guard),
            Watch = watch,
            Guard = guard,
            Hooks = [.. Enumerable.Range(0, configuration.Count("watchdog.hooks")).Select(index => ReadHook(string.Create(CultureInfo.InvariantCulture, $"watchdog.hooks[{index}]"))).OfType<HookSettings>()],
            Webhook = webhook,
            WhyNoWebhook = whyNoWebhook,
            Health = ReadHealth(usual.Health),
        };
    }

    private MonitorOptions ReadWatch(MonitorOptions usual)
    {
        var rules = new DetectionRules
        {
            LostSlots = settings.Whole("watchdog.watch.lostSlots") ?? usual.Rules.LostSlots,
            LostAfter = settings.Duration("watchdog.watch.lostAfter") ?? usual.Rules.LostAfter,
            MinimumWitnesses = settings.Whole("watchdog.watch.minimumWitnesses") ?? usual.Rules.MinimumWitnesses,
            ConsecutiveReadings = settings.Whole("watchdog.watch.consecutiveReadings") ?? usual.Rules.ConsecutiveReadings,
            HaltedAfter = settings.Duration("watchdog.watch.haltedAfter") ?? usual.Rules.HaltedAfter,
        };
        var watch = new MonitorOptions
        {
            Rules = rules,
            Interval = settings.Duration("watchdog.watch.interval") ?? usual.Interval,
            ReadTimeout = settings.Duration("watchdog.watch.readTimeout") ?? usual.ReadTimeout,
            KeepsTowerCopy = settings.Flag("watchdog.watch.keepsTowerCopy") ?? usual.KeepsTowerCopy,
            CoolDown = settings.Duration("watchdog.watch.coolDown") ?? usual.CoolDown,
        };
        settings.AddFromLibrary("watchdog.watch", rules.Validate());
        settings.AddFromLibrary("watchdog.watch", Besides(watch.Validate(), nameof(MonitorOptions.Rules)));
        return watch;
    }

    private GuardTimings ReadGuard(GuardTimings usual) => new()
    {
        DemoteAfter = settings.Duration("watchdog.guard.demoteAfter") ?? usual.DemoteAfter,
        Interval = settings.Duration("watchdog.guard.interval") ?? usual.Interval,
        CommandTimeout = settings.Duration("watchdog.guard.commandTimeout") ?? usual.CommandTimeout,
        SetIdentityTimeout = settings.Duration("watchdog.guard.setIdentityTimeout") ?? usual.SetIdentityTimeout,
        StopTimeout = settings.Duration("watchdog.guard.stopTimeout") ?? usual.StopTimeout,
        ClockDrift = settings.Number("watchdog.guard.clockDrift") ?? usual.ClockDrift,
    };

    /// <summary>The guard must finish before the watcher acts. The error names the watcher's time, or the guard if that time is not given.</summary>
    private void CheckGuard(GuardTimings guard, DetectionRules rules)
    {
        if (configuration.Place("watchdog.guard") is null)
        {
            return;
        }

        var sentences = guard.Validate(rules.LostAfter);
        settings.AddFromLibrary("watchdog.guard", sentences.Where(sentence => !IsOf(sentence, nameof(DetectionRules.LostAfter))));
        foreach (var sentence in sentences.Where(sentence => IsOf(sentence, nameof(DetectionRules.LostAfter)) && !settings.HasErrorIn("watchdog.guard")))
        {
            var cut = sentence.IndexOf(". Make ", StringComparison.Ordinal);
            var place = configuration[$"{Watchdog}.watch.lostAfter"] is null ? "watchdog.guard" : "watchdog.watch.lostAfter";
            settings.Add(place, $"watchdog.watch.lostAfter{sentence[nameof(DetectionRules.LostAfter).Length..cut]}", $"m{sentence[(cut + 3)..].TrimEnd('.').Replace(nameof(DetectionRules.LostAfter), "lostAfter", StringComparison.Ordinal)}");
        }
    }

    private TakeoverPolicy ReadPolicy(TakeoverPolicy usual, DetectionRules rules, GuardTimings? guard)
    {
        var policy = usual with
        {
            MinimumGrade = settings.Choice("watchdog.takeover.minimumGrade") == "observed" ? EvidenceGrade.Observed : EvidenceGrade.Fenced,
            Tower = settings.Choice("watchdog.takeover.tower") switch { "own" => TakeoverTower.FromNode, "fromChain" => TakeoverTower.FromChain, _ => TakeoverTower.FromCopy },
            AllowStop = settings.Flag("watchdog.takeover.allowStop") ?? usual.AllowStop,
            CallTimeout = settings.Duration("watchdog.takeover.callTimeout") ?? usual.CallTimeout,
            Detection = rules,
            Guard = guard,
        };
        var sentences = Besides(policy.Validate(), nameof(TakeoverPolicy.Detection), nameof(TakeoverPolicy.Guard)).ToList();
        settings.AddFromLibrary("watchdog.takeover", sentences.Where(sentence => !IsOf(sentence, nameof(TakeoverPolicy.Guard))));
        if (sentences.Exists(sentence => IsOf(sentence, nameof(TakeoverPolicy.Guard))))
        {
            settings.Add(
                "watchdog.watch.haltedAfter",
                $"the guard takes a cluster for halted after {DurationText.Of(guard!.HaltedAfter)}, demoteAfter less three looks, and watchdog.watch.haltedAfter is {DurationText.Of(rules.HaltedAfter)}: the guard could wait while the watcher counts",
                "make haltedAfter less, or watchdog.guard.demoteAfter more");
        }

        return policy;
    }

    private HookSettings? ReadHook(string hook)
    {
        var usual = new HookSettings { IsBefore = true, Command = [] };
        var command = settings.Texts($"{hook}.command") ?? [];
        if (settings.HasErrorIn(hook))
        {
            return null;
        }

        if (command.Count == 0 || command[0].Length == 0)
        {
            settings.Add($"{hook}.command", $"{hook}.command is empty", "write the program's absolute path, and its arguments");
        }
        else if (!Path.IsPathFullyQualified(command[0]))
        {
            settings.Add($"{hook}.command[0]", $"{hook}.command[0] is {SettingReader.Quoted(command[0])}, which is no absolute path", "write where the program is; no shell and no PATH is asked");
        }
        else if (surroundings.Use == PairFileUse.Watch && !File.Exists(command[0]))
        {
            settings.Add($"{hook}.command[0]", $"{hook}.command[0] is {SettingReader.Quoted(command[0])}, and there is no such file on this machine", "write where the program is");
        }

        return new HookSettings
        {
            IsBefore = settings.Choice($"{hook}.when") != WatchdogFields.After,
            Command = command,
            Limit = Duration($"{hook}.limit", usual.Limit, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10)),
            MustSucceed = settings.Flag($"{hook}.mustSucceed") ?? usual.MustSucceed,
        };
    }

    /// <summary>The webhook; or null, and why this machine does not know it.</summary>
    private (WebhookSettings? Webhook, string? WhyNot) ReadWebhook()
    {
        const string Url = "watchdog.webhook.url";
        const string Variable = "watchdog.webhook.urlVariable";
        var (url, name) = (settings.Text(Url), settings.Text(Variable));
        if (url is null == name is null)
        {
            settings.Add(url is null ? "watchdog.webhook" : Variable, url is null ? $"{Url} and {Variable} are both missing" : $"{Url} and {Variable} are both given", "give one of them");
        }
        else if (url is not null && AddressOf(url) is null)
        {
            settings.Add(Url, $"{Url} is {SettingReader.Quoted(url)}, which is no address", "write it with http:// or https://");
        }
        else if (name is not null && (name.Length == 0 || name.Any(letter => letter == '=' || char.IsWhiteSpace(letter))))
        {
            settings.Add(Variable, $"{Variable} is {SettingReader.Quoted(name)}, which is no name of an environment variable", "write the name alone, such as WATCHDOG_WEBHOOK");
        }

        var usual = new WebhookSettings { Url = new Uri("https://localhost") };
        var tries = settings.Whole("watchdog.webhook.tries") ?? usual.Tries;
        if (tries is < 1 or > 10)
        {
            settings.Add("watchdog.webhook.tries", string.Create(CultureInfo.InvariantCulture, $"watchdog.webhook.tries is {tries}"), "it must be from 1 to 10");
        }

        var webhook = usual with { Limit = Duration("watchdog.webhook.limit", usual.Limit, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)), Tries = tries };
        if (settings.HasErrorIn("watchdog.webhook"))
        {
            return (null, null);
        }

        // The variable's value may be a secret. Do not print it.
        var text = url ?? surroundings.Environment.GetValueOrDefault(name!, "");
        if (AddressOf(text) is { } address)
        {
            return (webhook with { Url = address }, null);
        }

        var (whyNot, remedy) = text.Length == 0
            ? ($"{Variable} is {SettingReader.Quoted(name!)}, and there is no such environment variable", "export it, or put it into the file that EnvironmentFile= of the unit names")
            : ($"what {Variable} names holds no address", "write it with http:// or https://");
        if (surroundings.Use == PairFileUse.Watch)
        {
            settings.Add(Variable, whyNot, remedy);
        }

        return (null, whyNot);
    }

    private static Uri? AddressOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    private Uri? ReadHealth(Uri? usual)
    {
        const string Field = "watchdog.health.address";
        if (settings.Text(Field) is not { } text)
        {
            return usual;
        }

        if (text == PairFields.None)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http", PathAndQuery: "/" } && (address.IsLoopback || address.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6))
        {
            return address;
        }

        settings.Add(Field, $"{Field} is {SettingReader.Quoted(text)}, which is no address to listen at", "write http://ADDRESS:PORT, such as http://127.0.0.1:9464, or none");
        return usual;
    }

    private TimeSpan Duration(string field, TimeSpan usual, TimeSpan least, TimeSpan most)
    {
        var duration = settings.Duration(field) ?? usual;
        if (duration < least || duration > most)
        {
            settings.Add(field, $"{field} is {DurationText.Of(duration)}", $"it must be from {DurationText.Of(least)} to {DurationText.Of(most)}");
        }

        return duration;
    }

    /// <summary>Leaves out the library's errors that are reported at another field.</summary>
    private static IEnumerable<string> Besides(IEnumerable<string> sentences, params string[] parts) => sentences.Where(sentence => !parts.Any(part => sentence.StartsWith($"{part}.", StringComparison.Ordinal)));

    private static bool IsOf(string sentence, string option) => sentence.StartsWith($"{option} ", StringComparison.Ordinal);
}
