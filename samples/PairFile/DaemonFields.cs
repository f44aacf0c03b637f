namespace Tachyon.Failover.Pairs;

/// <summary>The fields of a pair file that samples/Daemon uses.</summary>
internal static class DaemonFields
{
    public static IReadOnlyList<PairField> All { get; } =
    [
        new("daemon", FieldKind.Object, "The failover daemon: samples/Daemon."),
        new("daemon.retryDelay", FieldKind.DurationIn("1s", "1h"), "The pause before a refused takeover, or a pending demotion, is tried again; 30s by default."),
        new("daemon.lookAround", FieldKind.DurationIn("10s", "1h"), "How often it probes which node is the active one, in case the operator has moved the identity; 1m by default."),
        new("daemon.allowUnknownVersion", FieldKind.Flag, "Whether it may give the identity to a validator of a version whose ways are not known (TF130); false by default."),
        new("daemon.log", FieldKind.Choice("simple", "json"), "How log lines look; simple by default."),
        new("daemon.takeover", FieldKind.Object, "What is required before the identity is taken from a lost node."),
        new("daemon.takeover.minimumGrade", FieldKind.Choice("fenced", "observed"), "The least evidence that the lost node is not voting and cannot resume; fenced by default."),
        new("daemon.takeover.tower", FieldKind.Choice(["own", "copy", "fromChain"], ["FromNode", "FromCopy", "FromChain"]), "The tower to vote with: the lost node's own, or also the tower copy (copy), or also one that is made from the chain; copy by default."),
        new("daemon.takeover.allowStop", FieldKind.Flag, "Whether a validator that does not answer is stopped by a signal; true by default."),
        new("daemon.takeover.callTimeout", FieldKind.Duration, "How long each call to the lost node may take; 2s by default, 1s to 1m."),
        new("daemon.monitor", FieldKind.Object, "When the active validator counts as lost."),
        new("daemon.monitor.lostSlots", FieldKind.Whole, "Slots without a landed vote, as enough witnesses see it; 50 by default, 9 to 1000."),
        new("daemon.monitor.lostAfter", FieldKind.Duration, "Time without a landed vote, T2; 20s by default, 5s to 1h."),
        new("daemon.monitor.minimumWitnesses", FieldKind.Whole, "How many RPC nodes must see it; 2 by default."),
        new("daemon.monitor.consecutiveReadings", FieldKind.Whole, "How many consecutive readings must agree; 3 by default."),
        new("daemon.monitor.haltedAfter", FieldKind.Duration, "How long a witness's slot may stay the same before it counts as halted; 3500ms by default."),
        new("daemon.monitor.interval", FieldKind.Duration, "The interval of its readings; 1s by default, 100ms to 1m."),
        new("daemon.monitor.readTimeout", FieldKind.Duration, "How long a reading waits for witnesses; 2s by default."),
        new("daemon.monitor.keepsTowerCopy", FieldKind.Flag, "Whether every tower of the active node is kept; true by default."),
        new("daemon.monitor.coolDown", FieldKind.Duration, "How long no other takeover may follow a takeover; 10m by default, 0s to 24h."),
        new("daemon.guard", FieldKind.Object, "The times of the guard on the active node, tachyon-failoverd --guard. Leave it out if there is none: the daemon would count on it."),
        new("daemon.guard.demoteAfter", FieldKind.Duration, "How long the guard sees nothing before it demotes its node, T1; 10s by default, 2s to 10m."),
        new("daemon.guard.interval", FieldKind.Duration, "The interval of its readings; 1s by default."),
        new("daemon.guard.commandTimeout", FieldKind.Duration, "For moving the link and for removing the voters, each; 1s by default."),
        new("daemon.guard.setIdentityTimeout", FieldKind.Duration, "For the demotion, before the validator is stopped; 2s by default."),
        new("daemon.guard.stopTimeout", FieldKind.Duration, "For stopping the validator; 2s by default."),
        new("daemon.guard.clockDrift", FieldKind.Number, "By how much two clocks may differ in their pace, as a fraction; 0.01 by default, 0 to 0.1."),
        new("daemon.hooks", FieldKind.Objects, "Commands that are run before and after a takeover, in their order."),
        new("daemon.hooks[].when", FieldKind.Choice("before", "after"), "before or after the takeover.") { IsRequired = true },
        new("daemon.hooks[].command", FieldKind.Texts, "The program, by its absolute path on the machine of the daemon, and its arguments, a word each. No shell reads it.") { IsRequired = true },
        new("daemon.hooks[].limit", FieldKind.DurationIn("100ms", "10m"), "How long it may take before it is killed with its children; 10s by default."),
        new("daemon.hooks[].mustSucceed", FieldKind.Flag, "Whether its failure prevents the takeover (before), or calls for the operator (after); false by default."),
        new("daemon.webhook", FieldKind.Object, "Where events are posted, as JSON."),
        new("daemon.webhook.url", FieldKind.Address, "The address, as https://host/path. Or urlVariable."),
        new("daemon.webhook.urlVariable", FieldKind.Variable, "The environment variable that holds the address, if it is a secret. Only the daemon needs it; a guard runs without it."),
        new("daemon.webhook.limit", FieldKind.DurationIn("100ms", "1m"), "How long one try may take; 5s by default."),
        new("daemon.webhook.tries", FieldKind.WholeIn("1", "10"), "How often it is tried; 3 by default."),
        new("daemon.health", FieldKind.Object, "The health endpoint: /healthz, /readyz, /metrics."),
        new("daemon.health.address", FieldKind.Listener, "Where it listens, as http://ADDRESS:PORT; http://127.0.0.1:9464 by default, http://127.0.0.1:9465 for a guard; none for nowhere."),
    ];
}
