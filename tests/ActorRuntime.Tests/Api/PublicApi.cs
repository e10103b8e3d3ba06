using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Dwapi.ActorRuntime.Tests.Api;

/// <summary>The public types of assemblies, each with its public and protected members as text. Nothing is loaded.</summary>
internal sealed class PublicApi
{
    private readonly Dictionary<string, (string Kind, HashSet<string> Members)> _types = [];

    public IReadOnlyDictionary<string, (string Kind, HashSet<string> Members)> Types => _types;

    public static PublicApi Read(IEnumerable<string> files)
    {
        var api = new PublicApi();
        foreach (var file in files)
        {
            using var image = new PEReader(File.OpenRead(file));
            if (image.HasMetadata)
                api.Add(image.GetMetadataReader());
        }
        return api;
    }

    private void Add(MetadataReader reader)
    {
        foreach (var handle in reader.TypeDefinitions)
        {
            if (!IsVisible(reader, handle))
                continue;
            var type = reader.GetTypeDefinition(handle);
            var members = type.GetMethods().Select(reader.GetMethodDefinition).Where(m => IsVisible(m.Attributes)).Select(m => Describe(reader, m))
                .Concat(type.GetFields().Select(reader.GetFieldDefinition).Where(f => IsVisible(f.Attributes)).Select(f => Describe(reader, f)));
            _types.TryAdd(TypeNames.Of(reader, handle), (KindOf(reader, type), [.. members]));
        }
    }

    private static bool IsVisible(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic => IsVisible(reader, type.GetDeclaringType()),
            _ => false,
        };
    }

    private static bool IsVisible(MethodAttributes attributes) => (attributes & MethodAttributes.MemberAccessMask)
        is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsVisible(FieldAttributes attributes) => (attributes & FieldAttributes.FieldAccessMask)
        is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static string KindOf(MetadataReader reader, TypeDefinition type)
    {
        if ((type.Attributes & TypeAttributes.Interface) != 0)
            return "interface";
        var parent = type.BaseType.Kind switch
        {
            HandleKind.TypeReference => TypeNames.Of(reader, (TypeReferenceHandle)type.BaseType),
            HandleKind.TypeDefinition => TypeNames.Of(reader, (TypeDefinitionHandle)type.BaseType),
            _ => "generic",
        };
        var modifiers = type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed);
        return $"{modifiers} {parent}";
    }

    private static string Describe(MetadataReader reader, MethodDefinition method)
    {
        var signature = method.DecodeSignature(new TypeNames(), null);
        var kind = (method.Attributes & MethodAttributes.Static) != 0 ? "static " : "";
        var arity = signature.GenericParameterCount == 0 ? "" : "`" + signature.GenericParameterCount;
        return $"{kind}{signature.ReturnType} {reader.GetString(method.Name)}{arity}({string.Join(", ", signature.ParameterTypes)})";
    }

    private static string Describe(MetadataReader reader, FieldDefinition field)
    {
        var name = $"{field.DecodeSignature(new TypeNames(), null)} {reader.GetString(field.Name)}";
        if (field.GetDefaultValue().IsNil)
            return name;
        var constant = reader.GetConstant(field.GetDefaultValue());
        return name + " = " + Convert.ToHexString(reader.GetBlobBytes(constant.Value));
    }
}
