using System.Reflection;
using System.Runtime.CompilerServices;
using Dwapi.Grains.Applications;

namespace Dwapi.Grains.Tests.Contracts;

/// <summary>What processes of neighbouring releases say to each other: every message and every grain interface of src/Grains.Interfaces.</summary>
internal static class Contract
{
    /// <summary>Everything that is serialized.</summary>
    public static IReadOnlyList<Type> Messages { get; } =
        [.. Types().Where(type => type.IsDefined(typeof(GenerateSerializerAttribute))).OrderBy(AliasOf, StringComparer.Ordinal)];

    /// <summary>Grains and observers.</summary>
    public static IReadOnlyList<Type> Interfaces { get; } =
        [.. Types().Where(type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable))).OrderBy(AliasOf, StringComparer.Ordinal)];

    /// <summary>The members of a message with their ids; one without an id has -1.</summary>
    public static IReadOnlyList<(int Id, PropertyInfo Member)> MembersOf(Type message) => message.IsEnum
        ? []
        : [.. message.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(member => member.Name != "EqualityContract" && IsStored(message, member))
            .Select(member => ((int?)member.GetCustomAttribute<IdAttribute>()?.Id ?? -1, member))
            .OrderBy(member => member.Item1)];

    /// <summary>The alias, "" when there is none.</summary>
    public static string AliasOf(MemberInfo named) => named.GetCustomAttribute<AliasAttribute>()?.Alias ?? "";

    /// <summary>Whether nobody can write the member after its construction.</summary>
    public static bool IsReadOnly(PropertyInfo member) =>
        member.SetMethod is not { } set || set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static Type[] Types() => typeof(ISessionGrain).Assembly.GetTypes();

    // What is computed from others is not sent.
    private static bool IsStored(Type message, PropertyInfo member) =>
        message.GetField($"<{member.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance) is not null;
}
