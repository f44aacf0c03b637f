using System.Diagnostics;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover.Runs;

/// <summary>
/// Reports a run to the listeners of this process: a span for it, one for each step, and the measurements. Listeners run on the caller's thread,
/// so all reports go through a feed, with the times of the events.
/// </summary>
internal sealed class RunTelemetry
{
    private readonly ObserverFeed _feed;
    private readonly DateTimeOffset _startedAt;
    private readonly TagList _pair;
    private readonly bool _isTraced = FailoverInstruments.Spans.HasListeners();
    private Activity? _span;

    public RunTelemetry(ObserverFeed feed, string span, RunId run, ValidatorPair pair, DateTimeOffset startedAt)
    {
        _feed = feed;
        _startedAt = startedAt;
        _pair = new TagList
        {
            { FailoverTelemetry.IdentityTag, pair.StakedIdentity.ToString() },
            { FailoverTelemetry.SourceTag, pair.Source.Name },
            { FailoverTelemetry.TargetTag, pair.Target.Name },
        };
        if (_isTraced)
        {
            var parent = Activity.Current?.Context ?? default;
            _feed.Post(() => _span = Begin(span, parent, startedAt, [.. _pair, new(FailoverTelemetry.RunTag, run.ToString())]));
        }
    }

    public void StepEnded(StepReport step)
    {
        if (!_isTraced && !FailoverInstruments.StepDuration.Enabled)
        {
            return;
        }

        _feed.Post(() =>
        {
            FailoverInstruments.StepDuration.Record(
                step.Elapsed.TotalSeconds,
                [.. _pair, new(FailoverTelemetry.StepTag, step.Step), new(FailoverTelemetry.OutcomeTag, step.Result.Outcome.ToString())]);
            if (_span is not null)
            {
                SpanOf(step, _span.Context);
            }
        });
    }

    /// <summary>Records the newest preflight of the run.</summary>
    public void Found(PreflightReport report)
    {
        if (report.Findings.Count > 0 && FailoverInstruments.PreflightFindings.Enabled)
        {
            _feed.Post(() =>
            {
                foreach (var finding in report.Findings)
                {
                    FailoverInstruments.PreflightFindings.Add(
                        1, [.. _pair, new(FailoverTelemetry.CodeTag, finding.Code), new(FailoverTelemetry.SeverityTag, finding.Severity.ToString())]);
                }
            });
        }
    }

    public void Ended(FailoverResult result)
    {
        Found(result.Preflight);
        if (FailoverInstruments.AnyOfARun)
        {
            _feed.Post(() =>
            {
                FailoverInstruments.Switchovers.Add(1, With(FailoverTelemetry.OutcomeTag, result.Outcome.ToString()));
                if (result.Gap is { } gap)
                {
                    Measure(gap);
                }
            });
        }

        EndSpan(result.Elapsed, result.Outcome.ToString(), result.IdentityAt, isError: result.Outcome != FailoverOutcome.Completed, result.Reason);
    }

    public void Ended(RecoveryResult result)
    {
        if (FailoverInstruments.AnyOfARun)
        {
            _feed.Post(() => FailoverInstruments.Recoveries.Add(1, With(FailoverTelemetry.OutcomeTag, result.Outcome.ToString())));
        }

        EndSpan(result.Elapsed, result.Outcome.ToString(), result.IdentityAt, isError: result.Outcome is not (RecoveryOutcome.Recovered or RecoveryOutcome.NothingToDo), result.Reason);
    }

    /// <summary>Ends the span of a run that has no more to report.</summary>
    public void EndSpan(TimeSpan elapsed, string outcome, IdentityLocation? identityAt = null, bool isError = false, string? reason = null)
    {
        if (!_isTraced)
        {
            return;
        }

        _feed.Post(() =>
        {
            if (_span is null)
            {
                return;
            }

            _span.SetTag(FailoverTelemetry.OutcomeTag, outcome);
            if (identityAt is { } place)
            {
                _span.SetTag(FailoverTelemetry.IdentityAtTag, place.ToString());
            }

            _span.SetStatus(isError ? ActivityStatusCode.Error : ActivityStatusCode.Ok, isError ? reason : null);
            End(_span, _startedAt + elapsed);
        });
    }

    private void Measure(GapReport gap)
    {
        FailoverInstruments.MissedSlots.Record(gap.MissedSlots, _pair);
        if (gap.Duration is { } duration)
        {
            FailoverInstruments.GapDuration.Record(duration.TotalSeconds, _pair);
        }

        if (gap.CoordinatorTime is { } work)
        {
            FailoverInstruments.CoordinatorTime.Record(work.TotalSeconds, _pair);
        }

        if (gap.RefusedVotes is { } refused)
        {
            FailoverInstruments.RefusedVotes.Add(refused, _pair);
        }
    }

    private void SpanOf(StepReport step, ActivityContext parent)
    {
        var span = Begin(
            FailoverTelemetry.StepSpan,
            parent,
            _startedAt + step.EndedAt - step.Elapsed,
            [.. _pair, new(FailoverTelemetry.StepTag, step.Step), new(FailoverTelemetry.OutcomeTag, step.Result.Outcome.ToString())]);
        if (span is null)
        {
            return;
        }

        span.DisplayName = step.Node is null ? $"{step.Step}" : $"{step.Step} on {step.Node}";
        span.SetTag(FailoverTelemetry.NodeTag, step.Node);
        if (!step.Result.IsDone)
        {
            span.SetTag(FailoverTelemetry.FailureTag, step.Result.Failure.ToString());
            span.SetStatus(ActivityStatusCode.Error, step.Result.Detail);
        }

        End(span, _startedAt + step.EndedAt);
    }

    // A span makes itself the current one. This one must stay inside the feed.
    private static Activity? Begin(string name, ActivityContext parent, DateTimeOffset at, IEnumerable<KeyValuePair<string, object?>> tags)
    {
        var before = Activity.Current;
        try
        {
            return FailoverInstruments.Spans.StartActivity(name, ActivityKind.Internal, parent, tags, links: null, at);
        }
        finally
        {
            Activity.Current = before;
        }
    }

    private static void End(Activity span, DateTimeOffset at)
    {
        var before = Activity.Current;
        try
        {
            span.SetEndTime(at.UtcDateTime);
            span.Stop();
        }
        finally
        {
            Activity.Current = before;
        }
    }

    private TagList With(string tag, string value)
    {
        var tags = _pair;
        tags.Add(tag, value);
        return tags;
    }
}
