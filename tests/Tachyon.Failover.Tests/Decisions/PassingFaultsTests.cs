using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>A day of looks at four witnesses, with a passing fault every nine seconds: an RPC that is down, slow, behind or stuck for up to 12 s; one provider with nonsense as well; leaders that miss their slots; epochs that end.</summary>
public sealed class PassingFaultsTests
{
    private const int Day = 86_400;
    private const int Witnesses = 4;
    private const int BadOne = 3;
    private const int HonestKinds = 4;
    private static readonly DetectionRules Rules = new();

    /// <summary>Most are found within T2 and a minute. A returning witness starts its 20 s anew, so it takes longer when two of four never have 20 s without a fault together: 118 s once in these days.</summary>
    private static readonly TimeSpan Longest = Rules.LostAfter + TimeSpan.FromMinutes(2);

    [Fact]
    public void ADay_TenThousandFaults_NoHealthyOneIsLostAndNoLostOneIsMissed()
    {
        var (wrong, found, longest) = Run(seed: 2, Day, losesEvery: 4_000);

        wrong.Should().BeEmpty("votes landed within T2 then");
        found.Should().BeGreaterThan(15);
        longest.Should().BeLessThan(Longest);
    }

    private static (List<int> Wrong, int Found, TimeSpan Longest) Run(int seed, int seconds, int losesEvery)
    {
        var random = new Random(seed);
        var history = MonitorHistory.Begin(Rules);
        var faults = new (string Kind, int Until, ulong Amount)[Witnesses];
        var stuck = new (ulong Slot, ulong Vote)[Witnesses];
        var past = new List<(ulong Slot, ulong Vote)>();
        var (slot, vote, stoppedAt, stands) = (10_000UL, 9_999UL, (int?)null, 0);
        var (wrong, found, longest, isFound) = (new List<int>(), 0, TimeSpan.Zero, false);
        for (var second = 0; second < seconds; second++)
        {
            // Dead leaders, and the end of an epoch: no progress for some slots.
            stands = stands > 0 ? stands - 1 : random.Next(400) == 0 ? random.Next(1, 4) : 0;
            slot += stands > 0 ? 0UL : second % 2 == 0 ? 2UL : 3UL;
            var silent = second % losesEvery is > 600 and < 900;
            stoppedAt = silent ? stoppedAt ?? second : null;
            isFound = silent && isFound;
            vote = silent ? vote : slot - 1;
            past.Add((slot, vote));

            if (random.NextDouble() < 10_000d / Day)
            {
                var witness = random.Next(Witnesses);
                faults[witness] = (Kinds[random.Next(witness == BadOne ? Kinds.Length : HonestKinds)], second + random.Next(1, 13), (ulong)random.Next(20, 400));
                stuck[witness] = (slot, vote);
            }

            var looks = Enumerable.Range(0, Witnesses).Select(number => Probe(number, second < faults[number].Until ? faults[number] : default)).ToArray();
            history = history.After(new MonitorReading { At = TimeSpan.FromSeconds(second), Witnesses = looks, Balance = 1_000_000_000 });
            var silence = TimeSpan.FromSeconds(second - (stoppedAt ?? second));
            if (history.Verdict.State == MonitorState.Lost && silence < Rules.LostAfter && !(silence == TimeSpan.Zero && second % losesEvery is >= 900 and < 960))
            {
                wrong.Add(second);
            }

            if (history.Verdict.State == MonitorState.Lost && !isFound && silence > TimeSpan.Zero)
            {
                (isFound, found) = (true, found + 1);
                longest = silence > longest ? silence : longest;
            }
            else if (stoppedAt is not null && !isFound)
            {
                longest = silence > longest ? silence : longest;
            }
        }

        return (wrong, found, longest);

        WitnessReading Probe(int number, (string Kind, int Until, ulong Amount) fault)
        {
            var honest = new WitnessReading { Name = $"{number}", Slot = slot, LastVote = vote, Took = TimeSpan.FromMilliseconds(random.Next(20, 200)) };
            var behind = past[Math.Max(0, past.Count - 1 - (int)(fault.Amount / 3))];
            return fault.Kind switch
            {
                "down" => new WitnessReading { Name = $"{number}", Failure = "the connection broke" },
                "slow" => honest.With(it3 => it3.Took = TimeSpan.FromSeconds(1.9)),
                "behind" => honest.With(it2 => { it2.Slot = behind.Slot; it2.LastVote = behind.Vote; }),
                "stuck" => honest.With(copy => { copy.Slot = stuck[number].Slot; copy.LastVote = stuck[number].Vote; }),
                "future" => honest.With(changed => { changed.Slot = slot + (fault.Amount * 1000); changed.LastVote = slot + (fault.Amount * 1000) - 1; }),
                "nothing" => honest.With(made => made.LastVote = 0),
                "invents" => honest.With(that => that.LastVote = slot - 1),
                "forgets" => honest.With(it => it.LastVote = vote - fault.Amount),
                _ => honest,
            };
        }
    }

    private static readonly string[] Kinds = ["down", "slow", "behind", "stuck", "future", "nothing", "invents", "forgets"];
}
