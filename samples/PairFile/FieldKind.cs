namespace Tachyon.Failover.Pairs;

/// <summary>What may be written for a field of a pair file.</summary>
internal enum FieldKind
{
    Text,
    Whole,
    Number,
    Flag,
    Duration,
    Choice,
    Texts,
    Object,
    Objects,
}
