using System.Net;
using System.Text;
using CsCheck;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Xunit;

namespace Tachyon.Failover.Tests.Cluster;

/// <summary>Every answer of a server gives a value or a <see cref="ClusterRpcException"/>.</summary>
public sealed class HttpClusterRpcFuzzTests
{
    private static readonly (string Method, byte[] Answer)[] Good =
    [
        .. new[] { "getIdentity", "getHealth", "getSlot", "getEpochInfo", "getLeaderSchedule", "getVoteAccounts", "getClusterNodes", "getVersion", "getGenesisHash" }
            .Select(method => (method, Encoding.UTF8.GetBytes(Recordings.Response("active", method).TrimEnd()))),
        ("getAccountInfo", Encoding.UTF8.GetBytes(Recordings.Of("active").Last(exchange => exchange.Request["method"]!.GetValue<string>() == "getAccountInfo").Response.TrimEnd())),
        ("getBlocks", """{"jsonrpc":"2.0","result":[10,11,19],"id":1}"""u8.ToArray()),
        ("getHealth", """{"jsonrpc":"2.0","error":{"code":-32005,"message":"Node is behind by 42 slots","data":{"numSlotsBehind":42}},"id":1}"""u8.ToArray()),
        ("getBlock", Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"result":""" + HttpClusterRpcAnswerTests.BlockWith("""{"InstructionError":[0,{"Custom":6}]}""") + "}")),
    ];

    /// <summary>Characters with a meaning in JSON.</summary>
    private const string Telling = "{}[]\",:\\-.0159eunlt \n\0";

    public static TheoryData<int> GoodAnswers => [.. Enumerable.Range(0, Good.Length)];

    [Theory]
    [MemberData(nameof(GoodAnswers))]
    public async Task Call_EveryTruncation_Nonsense(int index)
    {
        var (method, answer) = Good[index];
        (await OutcomeAsync(method, answer)).Should().BeNull("the whole answer is good");

        for (var length = 0; length < answer.Length; length++)
        {
            (await OutcomeAsync(method, answer[..length])).Should().Be(ClusterRpcFailure.InvalidResponse, "{0} of {1} bytes of {2} are no answer", length, answer.Length, method);
        }
    }

    [Fact]
    public async Task Call_Mutations_ValueOrClusterRpcException()
    {
        var change = Gen.Select(Gen.Int[0, 10_000], Gen.OneOf(Gen.Byte, Gen.Int[0, Telling.Length - 1].Select(i => (byte)Telling[i])), Gen.Int[0, 3]);

        await Gen.Select(Gen.Int[0, Good.Length - 1], change.Array[1, 6], Gen.Int[0, 5]).SampleAsync(
            async (index, changes, status) =>
            {
                var bytes = new List<byte>(Good[index].Answer);
                foreach (var (at, value, kind) in changes)
                {
                    Change(bytes, at % bytes.Count, value, kind);
                }

                // Any other outcome fails the sample.
                await OutcomeAsync(Good[index].Method, [.. bytes], status == 0 ? HttpStatusCode.BadGateway : HttpStatusCode.OK);
            },
            iter: 20_000);
    }

    private static void Change(List<byte> bytes, int at, byte value, int kind)
    {
        switch (kind)
        {
            case 0:
                bytes[at] = value;
                break;
            case 1:
                bytes.Insert(at, value);
                break;
            case 2 when bytes.Count > 1:
                bytes.RemoveAt(at);
                break;
            default:
                // A piece twice: repeated members and elements.
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(value, bytes.Count - at)));
                break;
        }
    }

    private static async Task<ClusterRpcFailure?> OutcomeAsync(string method, byte[] answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var rpc = new FakeNode((_, _) => Task.FromResult(new HttpResponseMessage(status) { Content = new ByteArrayContent(answer) })).Client();
        try
        {
            await HttpClusterRpcFailureTests.Call(rpc, method);
            return null;
        }
        catch (ClusterRpcException exception)
        {
            return exception.Failure;
        }
    }
}
