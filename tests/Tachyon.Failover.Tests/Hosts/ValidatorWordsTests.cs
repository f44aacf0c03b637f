using System.Text.Json;
using FluentAssertions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.Tests.Hosts;

/// <summary>The reading of the recorded words of real validators: tachyon-validator 2.2.15, agave-validator 4.0.3, and 4.3.0-beta.2 on Alpenglow.</summary>
public sealed class ValidatorWordsTests
{
    private static readonly Dictionary<string, ScriptAnswer> Recordings = ReadRecordings("cli.json");
    private static readonly Dictionary<string, ScriptAnswer> Recordings40 = ReadRecordings("4.0/cli.json");
    private static readonly Dictionary<string, ScriptAnswer> RecordingsOfAlpenglow = ReadRecordings("alpenglow/cli.json");

    [Theory]
    [InlineData("set-identity-require-tower-missing", CallFailure.TowerMissing)]
    [InlineData("set-identity-require-tower-empty", CallFailure.TowerCorrupt)]
    [InlineData("set-identity-require-tower-truncated", CallFailure.TowerCorrupt)]
    [InlineData("set-identity-require-tower-bit-flipped", CallFailure.TowerSignatureInvalid)]
    [InlineData("set-identity-require-tower-garbage", CallFailure.TowerCorrupt)]
    [InlineData("set-identity-require-tower-of-another-identity", CallFailure.TowerSignatureInvalid)]
    [InlineData("set-identity-missing-file", CallFailure.KeypairUnusable)]
    [InlineData("set-identity-bad-keypair", CallFailure.KeypairUnusable)]
    [InlineData("set-identity-stdin-bad", CallFailure.KeypairUnusable)]
    [InlineData("set-identity-no-validator", CallFailure.ValidatorNotRunning)]
    [InlineData("set-identity-no-ledger", CallFailure.ValidatorNotRunning)]
    [InlineData("authorized-voter-add-present", CallFailure.Unrecognized)]
    public void Recognise_RecordedError_IsNotDoneForItsReason(string recording, CallFailure failure)
    {
        foreach (var recordings in (Dictionary<string, ScriptAnswer>[])[Recordings, Recordings40])
        {
            var result = ValidatorWords.Recognise(recordings[recording]);

            result.Outcome.Should().Be(CallOutcome.NotDone);
            result.Failure.Should().Be(failure);
            result.Detail.Should().NotBeNullOrEmpty();
        }
    }

    [Theory]
    [InlineData("set-identity-ok")]
    [InlineData("set-identity-stdin")]
    [InlineData("authorized-voter-remove-all")]
    [InlineData("authorized-voter-add")]
    [InlineData("wait-for-restart-window-zero")]
    [InlineData("version")]
    public void Recognise_RecordedSuccess_IsDone(string recording)
    {
        ValidatorWords.Recognise(Recordings[recording]).IsDone.Should().BeTrue();
        ValidatorWords.Recognise(Recordings40[recording]).IsDone.Should().BeTrue();
    }

    /// <summary>Every recording of 4.0.3 that is an error is one before the request or of the validator.</summary>
    [Fact]
    public void Recognise_EveryErrorOf40_IsNotDone() =>
        Recordings40.Where(static recording => recording.Value.Status == 1 && recording.Key.StartsWith("set-identity", StringComparison.Ordinal))
            .Should().HaveCountGreaterThan(8).And.OnlyContain(static recording => ValidatorWords.Recognise(recording.Value).Outcome == CallOutcome.NotDone);

    [Theory]
    [InlineData("set-identity-history-empty")]
    [InlineData("set-identity-history-truncated")]
    [InlineData("set-identity-history-bit-flipped")]
    [InlineData("set-identity-history-of-another-identity")]
    public void Recognise_VoteHistoryIsWrong_IsRefusedAndNotCalledATower(string recording)
    {
        var result = ValidatorWords.Recognise(RecordingsOfAlpenglow[recording]);

        result.Outcome.Should().Be(CallOutcome.NotDone);
        result.Failure.Should().Be(CallFailure.Refused);
    }

    /// <summary>Agave 4.3: network parts may already use the new key while getIdentity reports the old one.</summary>
    [Fact]
    public void Recognise_SetIdentityFailedHalfDone_IsUnknownAndNeverNotDone()
    {
        var answer = ScriptAnswer.Answered(1, "New validator identity path: /home/sol/staked.json\nValidator command failed: admin rpc error: Server returned rpc error Internal error: Failed to apply new identity to TPU");

        ValidatorWords.Recognise(answer).Outcome.Should().Be(CallOutcome.Unknown);
        ValidatorWords.IsHalfDone(answer).Should().BeTrue();
    }

    [Theory]
    [InlineData(1, "setIdentity request failed: Client error: Connection reset by peer (os error 104)")]
    [InlineData(1, "setIdentity request failed: RPC client timed out")]
    [InlineData(1, "")]
    [InlineData(101, "thread 'main' panicked")]
    [InlineData(124, "")]
    [InlineData(137, "")]
    public void Recognise_ErrorThatMayHaveComeAfterTheRequest_IsUnknown(int status, string words) =>
        ValidatorWords.Recognise(ScriptAnswer.Answered(status, words)).Outcome.Should().Be(CallOutcome.Unknown);

    [Theory]
    [InlineData(1, "setIdentity request failed: Client error: Connection refused (os error 111)", CallFailure.ValidatorNotRunning)]
    [InlineData(1, "setIdentity request failed: Client error: Permission denied (os error 13)", CallFailure.PermissionDenied)]
    [InlineData(1, "setIdentity request failed: Server returned rpc error Invalid params: Retry once validator start up is complete", CallFailure.ValidatorStarting)]
    [InlineData(127, "sh: 3: tachyon-validator: not found", CallFailure.ProgramMissing)]
    [InlineData(126, "sh: 3: ./x: Permission denied", CallFailure.ProgramMissing)]
    [InlineData(1, "error: Found argument '--x' which wasn't expected", CallFailure.Unrecognized)]
    public void Recognise_ErrorBeforeTheRequestOrOfTheValidator_IsNotDone(int status, string words, CallFailure failure)
    {
        var result = ValidatorWords.Recognise(ScriptAnswer.Answered(status, words));

        result.Outcome.Should().Be(CallOutcome.NotDone);
        result.Failure.Should().Be(failure);
    }

    [Fact]
    public void Recognise_NoAnswer_IsUnknownAndNeverNotDone() =>
        ValidatorWords.Recognise(ScriptAnswer.NoAnswer(CallFailure.ConnectionLost, "lost")).Outcome.Should().Be(CallOutcome.Unknown);

    [Fact]
    public void Recognise_NotSent_IsNotDone() =>
        ValidatorWords.Recognise(ScriptAnswer.NotSent(CallFailure.Unreachable, "no route")).Outcome.Should().Be(CallOutcome.NotDone);

    [Fact]
    public void ContactInfo_Recorded_IsRead()
    {
        ContactInfoText.TryParse(Recordings["contact-info"].Output, out var contactInfo).Should().BeTrue();

        contactInfo!.Identity.ToString().Should().Be("GhTRNLwZpbnUVFfr2TxmWXoFYS3hvyjdS6TgPjoeo4JJ");
        contactInfo.Gossip!.ToString().Should().Be("127.0.0.1:38001");
        contactInfo.Rpc!.ToString().Should().Be("127.0.0.1:38899");
        contactInfo.ShredVersion.Should().Be(10821);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Identity: none")]
    [InlineData("Identity: ")]
    [InlineData("Gossip: 127.0.0.1:1")]
    public void ContactInfo_WithoutIdentity_IsRefused(string text) => ContactInfoText.TryParse(text, out _).Should().BeFalse();

    private static Dictionary<string, ScriptAnswer> ReadRecordings(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file)));
        return json.RootElement.EnumerateArray()
            .Where(recording => recording.GetProperty("exit").ValueKind == JsonValueKind.Number)
            .ToDictionary(
                recording => recording.GetProperty("name").GetString()!,
                recording => ScriptAnswer.Answered(
                    recording.GetProperty("exit").GetInt32(),
                    (recording.GetProperty("stdout").GetString() + recording.GetProperty("stderr").GetString()).TrimEnd('\n')));
    }
}
