namespace Tachyon.Failover.Testing.Simulation;

/// <summary>
/// The imperfections of the real world that the simulation has. All are on: a model that is kinder than the world proves nothing. A test turns one off only if the rule would hide
/// what the test is about. Immutable.
/// </summary>
/// <remarks>"v:" is the validator's source, tachyon bd72089aad (2.2.15). Rare events are not rules but faults: <see cref="CallFault"/>, and the members of <see cref="SimulatedNode"/>.</remarks>
internal sealed record WorldRules
{
    /// <summary>
    /// Whether a validator that boots tells gossip of its identity 1 to 5 s after its start, long before it has caught up. It tells it again, with a newer start time, when that is over. Measured on 4.0.3
    /// (validator.md, part 2, "When the lost node boots through a staked link"); v:validator/src/bootstrap.rs:140, v:validator/src/main.rs:1433. Off for a node that fetches nothing at its start.
    /// </summary>
    public bool AnnouncesAtBootstrap { get; init; } = true;

    /// <summary>
    /// Whether gossip keeps, for each identity, the contact with the greatest start time. It tells that to a node that takes the identity with a smaller one, which then exits:
    /// v:gossip/src/crds.rs:185, v:gossip/src/contact_info.rs:472. A staked identity's contact stays for up to an epoch; here for good.
    /// </summary>
    public bool ContactsLinger { get; init; } = true;

    /// <summary>Whether a validator hears from gossip the votes that it cast itself before its last start. It panics if it votes for such a slot again ("Submitting old vote"; safety.md, kind 11, line 10).</summary>
    public bool HearsOwnVotes { get; init; } = true;

    /// <summary>How far the wall clock of a host may be off; each host draws its own error. NTP over the internet leaves 50 ms.</summary>
    public TimeSpan ClockSpread { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// How long a host keeps the sessions of a silent peer, and what those sessions hold: 2 h 11 min 15 s, which is TCP's keep-alive on Linux (7200 s and nine probes of 75 s).
    /// sshd asks by itself only if configured to. Measured: a lock was still held after 3397 s, the end of the trial (safety.md, H4).
    /// </summary>
    public TimeSpan SilentPeerIsKept { get; init; } = TimeSpan.FromSeconds(7875);

    /// <summary>
    /// How long a living peer resends the end of a session before it forgets it: some 100 s (Linux, tcp_orphan_retries). If the way opens later, the host does not hear of that end.
    /// </summary>
    public TimeSpan EndIsSentAgain { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How late a call may still come through that hangs in the validator. The admin server has three workers and no time limit (v:validator/src/admin_rpc_service.rs:751; safety.md, H2).</summary>
    public TimeSpan LatestCall { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether a starting validator serves the two calls for its voters. To the others it says "starting" for up to 1.5 s after its first vote (safety.md, H12.7; the two calls need
    /// nothing that comes up late: v:validator/src/admin_rpc_service.rs).
    /// </summary>
    public bool ServesVotersEarly { get; init; } = true;

    /// <summary>Whether the cluster loses the blocks of a leader slot in which two nodes run the staked identity: each makes one, and the cluster continues without either (inferred; safety.md, H12.10).</summary>
    public bool DuplicateBlocksAreLost { get; init; } = true;

    /// <summary>Whether a validator without its voters still extends the tower in its memory. Votes that it never cast then appear in a later stack (safety.md, kind 11, line 8). Harmless.</summary>
    public bool SealedTowersGrow { get; init; } = true;
}
