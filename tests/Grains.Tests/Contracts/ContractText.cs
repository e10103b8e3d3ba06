using System.Globalization;
using System.Reflection;
using System.Text;
using Orleans.Concurrency;

namespace Dwapi.Grains.Tests.Contracts;

/// <summary>The contract as a text that can be compared: aliases, ids, types, and how methods are called.</summary>
internal static class ContractText
{
    /// <summary>All of it.</summary>
    public static string Write()
    {
        var text = new StringBuilder();
        foreach (var message in Contract.Messages)
        {
            text.Append(message.IsEnum ? "enum " : "message ").Append(Contract.AliasOf(message)).Append('\n');
            foreach (var (id, member) in Contract.MembersOf(message))
                text.Append(CultureInfo.InvariantCulture, $"  {id} {member.Name}: {Name(member.PropertyType)}\n");
            if (message.IsEnum)
            {
                foreach (var value in Enum.GetValues(message))
                    text.Append(CultureInfo.InvariantCulture, $"  {Convert.ToInt64(value, CultureInfo.InvariantCulture)} {value}\n");
            }
        }

        foreach (var grain in Contract.Interfaces)
        {
            text.Append("interface ").Append(Contract.AliasOf(grain)).Append('\n');
            foreach (var method in grain.GetMethods().OrderBy(Contract.AliasOf, StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"  {Signature(method)}\n");
        }

        return text.ToString();
    }

    private static string Signature(MethodInfo method)
    {
        var text = new StringBuilder()
            .Append(Contract.AliasOf(method)).Append('(')
            .AppendJoin(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType)))
            .Append("): ").Append(Name(method.ReturnType));
        if (method.IsDefined(typeof(AlwaysInterleaveAttribute)))
            text.Append(", interleaves");
        if (method.IsDefined(typeof(OneWayAttribute)))
            text.Append(", one way");
        if (method.GetCustomAttribute<ResponseTimeoutAttribute>() is { } timeout)
            text.Append(CultureInfo.InvariantCulture, $", within {timeout.Timeout}");
        return text.ToString();
    }

    private static string Name(Type type)
    {
        if (Contract.AliasOf(type) is { Length: > 0 } alias)
            return alias;
        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }
}
