using System.Diagnostics;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover;

/// <summary>Reports to the listeners of this process what a monitor sees.</summary>
internal sealed class MonitorTelemetry(ObserverFeed feed, ValidatorPair pair)
{
    private readonly TagList _pair = new()
    {
        { FailoverTelemetry.IdentityTag, pair.StakedIdentity.ToString() },
        { FailoverTelemetry.SourceTag, pair.Source.Name },
        { FailoverTelemetry.TargetTag, pair.Target.Name },
    };

    public void Probed(MonitorVerdict verdict)
    {
        if (!FailoverInstruments.AnyOfAWatch)
        {
            return;
        }

        feed.Post(() =>
        {
            FailoverInstruments.MonitorState.Record((int)verdict.State, _pair);
            if (verdict.SilentSlots is { } silent)
            {
                FailoverInstruments.WatchSilentSlots.Record((long)silent, _pair);
            }

            if (verdict.Details?.TowerCopyAgeInSlots is { } age)
            {
                FailoverInstruments.TowerCopyAge.Record((long)age, _pair);
            }
        });
    }
}
