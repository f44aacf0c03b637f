using System.Reflection;
using System.Reflection.Emit;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>The types that a type uses, in signatures and in method bodies. Comments and <c>nameof</c> do not count.</summary>
internal static class TypeReferences
{
    private const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>For each top-level type of an assembly, the top-level types that it and its nested types use.</summary>
    public static IReadOnlyDictionary<Type, IReadOnlySet<Type>> Of(Assembly assembly) => assembly.GetTypes()
        .GroupBy(Outermost)
        .ToDictionary(
            group => group.Key,
            group => (IReadOnlySet<Type>)group.SelectMany(UsedBy).SelectMany(NamedBy).Select(Outermost).Where(type => type != group.Key).ToHashSet());

    /// <summary>The types that a signature names: <c>Task&lt;Pubkey[]&gt;</c> names two.</summary>
    public static IEnumerable<Type> NamedBy(Type type) =>
        type.HasElementType ? NamedBy(type.GetElementType()!)
        : type.IsGenericParameter ? []
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(NamedBy).Prepend(type.GetGenericTypeDefinition())
        : [type];

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<Type> UsedBy(Type type) =>
    [
        .. type.BaseType is { } parent ? (Type[])[parent] : [],
        .. type.GetInterfaces(),
        .. type.GetCustomAttributesData().Select(attribute => attribute.AttributeType),
        .. type.GetFields(Own).Select(field => field.FieldType),
        .. type.GetMethods(Own).SelectMany(method => UsedBy(method).Append(method.ReturnType)),
        .. type.GetConstructors(Own).SelectMany(UsedBy),
    ];

    private static IEnumerable<Type> UsedBy(MethodBase method)
    {
        var parameters = method.GetParameters().Select(parameter => parameter.ParameterType);
        return method.GetMethodBody() is not { } body
            ? parameters
            : parameters
                .Concat(body.LocalVariables.Select(local => local.LocalType))
                .Concat(body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType!))
                .Concat(UsedBy(method, body.GetILAsByteArray()!));
    }

    private static IEnumerable<Type> UsedBy(MethodBase method, byte[] code)
    {
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var value = code[at++] is var first and not 0xFE ? first : unchecked((short)(0xFE00 | code[at++]));
            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                var member = method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments)!;
                foreach (var type in UsedBy(member))
                {
                    yield return type;
                }
            }

            at += operand == OperandType.InlineSwitch ? 4 + (4 * BitConverter.ToInt32(code, at)) : SizeOf(operand);
        }
    }

    private static IEnumerable<Type> UsedBy(MemberInfo member) => member switch
    {
        Type type => [type],
        MethodInfo { IsGenericMethod: true } method => [method.DeclaringType!, .. method.GetGenericArguments()],
        _ => [member.DeclaringType!],
    };

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
