namespace Tachyon.Failover.Pairs;

/// <summary>The kinds of values that a field of a pair file takes.</summary>
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
