namespace Orleans;

/// <summary>Asks for a serializer. This runtime never leaves the process and makes none; a cluster does.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Whether the parameters of a primary constructor are members of the serialized form.</summary>
    public bool IncludePrimaryConstructorParameters { get; init; }
}
