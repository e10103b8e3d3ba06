namespace Dwapi.Actors.CodeGeneration;

/// <summary>Names the class that registers the grains and proxies of an assembly. Written by the code generator.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ActorManifestAttribute : Attribute
{
    /// <summary>Sets the class, which implements <see cref="IActorManifest"/>.</summary>
    public ActorManifestAttribute(Type manifest) => Manifest = manifest;

    /// <summary>The class.</summary>
    public Type Manifest { get; }
}
