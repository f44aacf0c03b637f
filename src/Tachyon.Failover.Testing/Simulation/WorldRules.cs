namespace Tachyon.Failover.Testing.Simulation;

/// <summary>
/// In which ways the simulated world is as wrong as the real one. Everything is on: a model that is kinder than the world proves nothing. A test turns one off only if it is about something else
/// that the rule would hide. Immutable.
/// </summary>
/// <remarks>"v:" is the validator's source, tachyon bd72089aad (2.2.15). What happens only now and then is no rule but a fault: <see cref="CallFault"/>, and the members of <see cref="SimulatedNode"/>.</remarks>
internal sealed record WorldRules
{
    /// <summary>
    /// Whether a validator that boots tells gossip of its identity 1 to 5 s after its start, long before it has caught up, and again, with a newer start time, when that is over. Measured on 4.0.3
    /// (validator.md, part 2, "When the lost node boots through a staked link"); v:validator/src/bootstrap.rs:140, v:validator/src/main.rs:1433. Off for a node that fetches nothing at its start.
    /// </summary>
    public bool AnnouncesAtBootstrap { get; init; } = true;

    /// <summary>
    /// Whether gossip keeps, for each identity, the contact with the greatest start time, and tells it to a node that takes the identity with a smaller one, which then exits:
    /// v:gossip/src/crds.rs:185, v:gossip/src/contact_info.rs:472. A staked identity's contact stays for up to an epoch; here for good.
    /// </summary>
    public bool ContactsLinger { get; init; } = true;

    /// <summary>Whether a validator hears from gossip the votes that it cast itself before its last start, and panics if it votes for such a slot again ("Submitting old vote"; safety.md, kind 11, line 10).</summary>
    public bool HearsOwnVotes { get; init; } = true;

    /// <summary>How far the wall clock of a host may be off: each draws its own. 50 ms is what NTP leaves over the internet.</summary>
    public TimeSpan ClockSpread { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// How long a host keeps the sessions of a peer that has become silent, and what those sessions hold: 2 h 11 min 15 s, which is TCP's keep-alive on Linux (7200 s and nine probes of 75 s);
    /// sshd asks by itself only if it is told to. Measured: a lock was still held after 3397 s, when the trial was ended (safety.md, H4).
    /// </summary>
    public TimeSpan SilentPeerIsKept { get; init; } = TimeSpan.FromSeconds(7875);

    /// <summary>
    /// For how long a peer that is there sends the end of a session again before it forgets it: some 100 s (Linux, tcp_orphan_retries). A way that opens later brings the host no news of that end.
    /// </summary>
    public TimeSpan EndIsSentAgain { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How late a call may still come through that hangs in the validator: the admin server has three workers and no limit of time (v:validator/src/admin_rpc_service.rs:751; safety.md, H2).</summary>
    public TimeSpan LatestCall { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether a validator that is starting serves the two calls for its voters, and says "starting" to the others for up to 1.5 s after it has begun to vote (safety.md, H12.7; the two calls need
    /// nothing that comes up late: v:validator/src/admin_rpc_service.rs).
    /// </summary>
    public bool ServesVotersEarly { get; init; } = true;

    /// <summary>Whether the blocks are lost of a leader slot in which two nodes run the staked identity: each makes one, and the cluster goes on without either (inferred; safety.md, H12.10).</summary>
    public bool DuplicateBlocksAreLost { get; init; } = true;

    /// <summary>Whether a validator without its voters goes on adding to the tower that it has in memory: votes that it never cast then stand in a later stack (safety.md, kind 11, line 8). Harmless.</summary>
    public bool SealedTowersGrow { get; init; } = true;
}
