using System.Text.Json;
using FluentAssertions;
using Tachyon.Failover.Hosts;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.Tests.Hosts;

/// <summary>The reading of the recorded words of a real tachyon-validator 2.2.15.</summary>
public sealed class ValidatorWordsTests
{
    private static readonly Dictionary<string, ScriptAnswer> Recordings = ReadRecordings();

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
        var result = ValidatorWords.Recognise(Recordings[recording]);

        result.Outcome.Should().Be(CallOutcome.NotDone);
        result.Failure.Should().Be(failure);
        result.Detail.Should().NotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("set-identity-ok")]
    [InlineData("set-identity-stdin")]
    [InlineData("authorized-voter-remove-all")]
    [InlineData("authorized-voter-add")]
    [InlineData("wait-for-restart-window-zero")]
    [InlineData("version")]
    public void Recognise_RecordedSuccess_IsDone(string recording) =>
        ValidatorWords.Recognise(Recordings[recording]).IsDone.Should().BeTrue();

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

    private static Dictionary<string, ScriptAnswer> ReadRecordings()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "cli.json")));
        return json.RootElement.EnumerateArray()
            .Where(recording => recording.GetProperty("exit").ValueKind == JsonValueKind.Number)
            .ToDictionary(
                recording => recording.GetProperty("name").GetString()!,
                recording => ScriptAnswer.Answered(
                    recording.GetProperty("exit").GetInt32(),
                    (recording.GetProperty("stdout").GetString() + recording.GetProperty("stderr").GetString()).TrimEnd('\n')));
    }
}
